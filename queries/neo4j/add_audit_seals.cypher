// Seals a month; the first seal stays.
// Asked by: the audit, when a month has ended.
// Parameters: month, digest of each row.
UNWIND $rows AS row
MERGE (s:AuditSeal {month: row.month})
ON CREATE SET s.digest = row.digest
RETURN count(*) AS touched
