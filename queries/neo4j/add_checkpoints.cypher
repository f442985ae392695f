// Keeps states of the statistics.
// Asked by: the Writer.
// Parameters: month, run, payload of each row.
UNWIND $rows AS row
MERGE (k:Checkpoint {month: row.month, run: row.run})
SET k.payload = row.payload
RETURN count(*) AS touched
