// Adds profile facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: account, person, name, kind, unit, site, number, email, login, joined_at, left_at, listed, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (e:Person {id: row.person})
MERGE (f:Profile {statement: row.statement, run_in: row.run_in, known_at: row.known_at})
SET f = row
MERGE (f)-[:NAMES]->(e)
RETURN count(*) AS touched
