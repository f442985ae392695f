// Adds concern facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: id, account, person, role, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (a:Person {id: row.person})
MERGE (b:Thing {id: row.id})
MERGE (a)-[f:CONCERNED_BY {statement: row.statement, account: row.account, role: row.role, run_in: row.run_in, known_at: row.known_at}]->(b)
SET f = row
RETURN count(*) AS touched
