// Notes where a chain ends.
// Asked by: the audit.
// Parameters: chain, seq, at, hash, mac of each row.
UNWIND $rows AS row
MERGE (h:AuditHead {chain: row.chain})
SET h = row
RETURN count(*) AS touched
