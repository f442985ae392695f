// Opens the facts of statements again until a moment, undated ones from one.
// Asked by: the Writer.
// Parameters: statement, known_at, begins, ended_at, run, dated of each row.
UNWIND $rows AS row
MATCH (f:Account {statement: row.statement})-[:IDENTIFIES]->(e:Person)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in DESC
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (n:Account {id: f.id, run_in: row.run})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:IDENTIFIES]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (f:Profile {statement: row.statement})-[:NAMES]->(e:Person)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in, f.known_at
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN CASE WHEN f.known_at < row.begins THEN row.begins ELSE f.known_at END ELSE row.known_at END AS known_at
MERGE (n:Profile {statement: row.statement, run_in: row.run, known_at: known_at})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:NAMES]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (f:CaseRecord {statement: row.statement})-[:DESCRIBES]->(e:SupportCase)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in DESC
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (n:CaseRecord {statement: row.statement, run_in: row.run})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:DESCRIBES]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (f:Resolution {statement: row.statement})-[:ENDS]->(e:SupportCase)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in DESC
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (n:Resolution {statement: row.statement, run_in: row.run})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:ENDS]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:WORKED_ON {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f.account AS account, f.role AS role, f
ORDER BY f.run_in DESC
WITH row, a, b, account, role, head(collect(f)) AS f
WITH row, a, b, account, role, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (a)-[n:WORKED_ON {statement: row.statement, account: account, role: role, run_in: row.run}]->(b)
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:COMMENTED_ON {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f.account AS account, f.at AS at, f
ORDER BY f.run_in DESC
WITH row, a, b, account, at, head(collect(f)) AS f
WITH row, a, b, account, at, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (a)-[n:COMMENTED_ON {statement: row.statement, account: account, at: at, run_in: row.run}]->(b)
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:LINKED_TO {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f.other_id AS other_id, f.kind AS kind, f
ORDER BY f.run_in DESC
WITH row, a, b, other_id, kind, head(collect(f)) AS f
WITH row, a, b, other_id, kind, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (a)-[n:LINKED_TO {statement: row.statement, other_id: other_id, kind: kind, run_in: row.run}]->(b)
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
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
MATCH (f:SkillRecord {statement: row.statement})-[:DEFINES]->(e:Skill)
WHERE f.dated <= row.dated
WITH row, e, f
ORDER BY f.run_in DESC
WITH row, e, head(collect(f)) AS f
WITH row, e, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (n:SkillRecord {statement: row.statement, run_in: row.run})
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
MERGE (n)-[:DEFINES]->(e)
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (a)-[f:ATTENDED {statement: row.statement}]->(b)
WHERE f.dated <= row.dated
WITH row, a, b, f.account AS account, f
ORDER BY f.run_in DESC
WITH row, a, b, account, head(collect(f)) AS f
WITH row, a, b, account, f, CASE f.dated WHEN 1 THEN f.known_at ELSE row.known_at END AS known_at
MERGE (a)-[n:ATTENDED {statement: row.statement, account: account, run_in: row.run}]->(b)
SET n = f{.*, known_at: known_at, ended_at: row.ended_at, run_in: row.run, run_out: 9007199254740991}
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
