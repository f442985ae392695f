// Gives the facts of accounts to the person they now identify.
// Asked by: settling who is who.
// Parameters: account, was, person of each row.
UNWIND $rows AS row
MATCH (f:Account {id: row.account})-[r:IDENTIFIES]->(p:Person)
WHERE p.id <> row.person
MERGE (q:Person {id: row.person})
DELETE r
MERGE (f)-[:IDENTIFIES]->(q)
SET f.person = row.person
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (f:Profile {account: row.account})-[r:NAMES]->(p:Person)
WHERE p.id <> row.person
MERGE (q:Person {id: row.person})
DELETE r
MERGE (f)-[:NAMES]->(q)
SET f.person = row.person
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (p:Person {id: row.was})-[f:WORKED_ON]->(b)
WHERE f.account = row.account AND row.was <> row.person
WITH row, f, b, properties(f) AS told
DELETE f
MERGE (q:Person {id: row.person})
CREATE (q)-[n:WORKED_ON]->(b)
SET n = told, n.person = row.person
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (p:Person {id: row.was})-[f:COMMENTED_ON]->(b)
WHERE f.account = row.account AND row.was <> row.person
WITH row, f, b, properties(f) AS told
DELETE f
MERGE (q:Person {id: row.person})
CREATE (q)-[n:COMMENTED_ON]->(b)
SET n = told, n.person = row.person
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (p:Person {id: row.was})-[f:CLAIMS]->(b)
WHERE f.account = row.account AND row.was <> row.person
WITH row, f, b, properties(f) AS told
DELETE f
MERGE (q:Person {id: row.person})
CREATE (q)-[n:CLAIMS]->(b)
SET n = told, n.person = row.person
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (p:Person {id: row.was})-[f:ATTENDED]->(b)
WHERE f.account = row.account AND row.was <> row.person
WITH row, f, b, properties(f) AS told
DELETE f
MERGE (q:Person {id: row.person})
CREATE (q)-[n:ATTENDED]->(b)
SET n = told, n.person = row.person
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (p:Person {id: row.was})-[f:CONCERNED_BY]->(b)
WHERE f.account = row.account AND row.was <> row.person
WITH row, f, b, properties(f) AS told
DELETE f
MERGE (q:Person {id: row.person})
CREATE (q)-[n:CONCERNED_BY]->(b)
SET n = told, n.person = row.person
RETURN count(*) AS touched
