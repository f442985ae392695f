// Withdraws what runs asserted.
// Asked by: the Writer.
// Parameters: subject, statement, withdrawn, run of each row.
UNWIND $rows AS row
MATCH (a:Assertion {statement: row.statement})
WHERE a.subject = row.subject AND a.run_in = row.withdrawn AND a.run_out = 9007199254740991
SET a.run_out = row.run
RETURN count(*) AS touched
