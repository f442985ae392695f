// Adds case link facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: case_id, other_id, other_key, kind, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (a:SupportCase {id: row.case_id})
MERGE (b:SupportCase {id: row.other_id})
MERGE (a)-[f:LINKED_TO {statement: row.statement, other_id: row.other_id, kind: row.kind, run_in: row.run_in}]->(b)
SET f = row
RETURN count(*) AS touched
