// Adds comment facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: case_id, account, person, at, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (a:Person {id: row.person})
MERGE (b:SupportCase {id: row.case_id})
MERGE (a)-[f:COMMENTED_ON {statement: row.statement, account: row.account, at: row.at, run_in: row.run_in}]->(b)
SET f = row
RETURN count(*) AS touched
