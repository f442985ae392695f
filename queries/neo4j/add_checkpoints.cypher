// Keeps states derived from the facts before a month.
// Asked by: the end of a run.
// Parameters: kind, month, run, payload of each row.
UNWIND $rows AS row
MERGE (k:Checkpoint {kind: row.kind, month: row.month, run: row.run})
SET k.payload = row.payload
RETURN count(*) AS touched
