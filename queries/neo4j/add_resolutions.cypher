// Adds resolution facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: case_id, outcome, wording, resolved_at, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (e:SupportCase {id: row.case_id})
MERGE (f:Resolution {statement: row.statement, run_in: row.run_in})
SET f = row
MERGE (f)-[:ENDS]->(e)
RETURN count(*) AS touched
