// Adds skill claim facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: account, person, skill, label, level, original, claimed_by, assessed_at, valid_until, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (a:Person {id: row.person})
MERGE (b:Skill {id: row.skill})
MERGE (a)-[f:CLAIMS {statement: row.statement, run_in: row.run_in, known_at: row.known_at}]->(b)
SET f = row
RETURN count(*) AS touched
