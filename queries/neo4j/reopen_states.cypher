// Opens the facts of statements again until a moment, undated ones from one: only states, and the last word before an ending.
// Asked by: the Writer.
// Parameters: statement, known_at, begins, ended_at, run, dated of each row; whole = 1 for such a word.
UNWIND $rows AS row
MATCH (f:Profile {statement: row.statement})-[:NAMES]->(e:Person)
WHERE f.dated <= row.dated AND row.whole = 1
WITH row, e, f
ORDER BY f.run_in, f.known_at
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN CASE WHEN f.known_at < row.begins THEN row.begins ELSE f.known_at END ELSE row.known_at END AS known_at
MERGE (n:Profile {statement: row.statement, run_in: row.run, known_at: known_at})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:NAMES]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:CLAIMS {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f
ORDER BY f.run_in, f.known_at
WITH row, a, b, head(collect(f)) AS f
WITH row, a, b, f, CASE f.dated WHEN 1 THEN CASE WHEN f.known_at < row.begins THEN row.begins ELSE f.known_at END ELSE row.known_at END AS known_at
MERGE (a)-[n:CLAIMS {statement: row.statement, run_in: row.run, known_at: known_at}]->(b)
SET n = f{.*, known_at: known_at, ended_at: CASE WHEN f.valid_until < row.ended_at THEN f.valid_until ELSE row.ended_at END, run_in: row.run, run_out: 9007199254740991}
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (f:Record {statement: row.statement})-[:DETAILS]->(e:Thing)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in, f.known_at
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN CASE WHEN f.known_at < row.begins THEN row.begins ELSE f.known_at END ELSE row.known_at END AS known_at
MERGE (n:Record {statement: row.statement, run_in: row.run, known_at: known_at})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:DETAILS]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:CONCERNED_BY {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f.account AS account, f.role AS role, f
ORDER BY f.run_in, f.known_at
WITH row, a, b, account, role, head(collect(f)) AS f
WITH row, a, b, account, role, f, CASE f.dated WHEN 1 THEN CASE WHEN f.known_at < row.begins THEN row.begins ELSE f.known_at END ELSE row.known_at END AS known_at
MERGE (a)-[n:CONCERNED_BY {statement: row.statement, account: account, role: role, run_in: row.run, known_at: known_at}]->(b)
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
RETURN count(*) AS touched
