// Appends entries to a chain.
// Asked by: the audit.
// Parameters: chain, seq, at, salt, commitment, hash, payload of each row.
UNWIND $rows AS row
CREATE (e:AuditEntry)
SET e = row
RETURN count(*) AS touched
