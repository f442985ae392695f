// Opens the facts of statements again until a moment, undated ones from one: only those that tell a state.
// Asked by: the Writer.
// Parameters: statement, known_at, ended_at, run, dated of each row.
UNWIND $rows AS row
MATCH (a)-[f:CLAIMS {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f
ORDER BY f.run_in DESC
WITH row, a, b, head(collect(f)) AS f
MERGE (a)-[n:CLAIMS {statement: row.statement, run_in: row.run}]->(b)
SET n = f{.*, known_at: CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END, ended_at: CASE WHEN f.valid_until < row.ended_at THEN f.valid_until ELSE row.ended_at END, run_in: row.run, run_out: 9007199254740991}
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (f:Record {statement: row.statement})-[:DETAILS]->(e:Thing)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in DESC
WITH row, e, head(collect(f)) AS f
MERGE (n:Record {statement: row.statement, run_in: row.run})
SET n = f{.*, known_at: CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:DETAILS]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:CONCERNED_BY {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f.account AS account, f.role AS role, f
ORDER BY f.run_in DESC
WITH row, a, b, account, role, head(collect(f)) AS f
MERGE (a)-[n:CONCERNED_BY {statement: row.statement, account: account, role: role, run_in: row.run}]->(b)
SET n = f{.*, known_at: CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
RETURN count(*) AS touched
