// Adds record facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: id, kind, name, body, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (e:Thing {id: row.id})
MERGE (f:Record {statement: row.statement, run_in: row.run_in, known_at: row.known_at})
SET f = row
MERGE (f)-[:DETAILS]->(e)
RETURN count(*) AS touched
