// Adds account facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: id, person, origin, source, key, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (e:Person {id: row.person})
MERGE (f:Account {id: row.id, run_in: row.run_in})
SET f = row
MERGE (f)-[:IDENTIFIES]->(e)
RETURN count(*) AS touched
