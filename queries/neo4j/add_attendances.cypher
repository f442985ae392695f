// Adds attendance facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: contact, account, person, at, kind, mode, weight, occasion, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (a:Person {id: row.person})
MERGE (b:Contact {id: row.contact})
MERGE (a)-[f:ATTENDED {statement: row.statement, account: row.account, run_in: row.run_in}]->(b)
SET f = row
RETURN count(*) AS touched
