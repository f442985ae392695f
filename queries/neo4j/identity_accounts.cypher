// Which accounts are there, and what do their sources say about who it is?
// Asked by: settling who is who.
// Parameters: none.
OPTIONAL MATCH (r:ImportRun {state: 'OPEN'})
WITH collect(r.number) AS open
MATCH (a:Account)-[:IDENTIFIES]->(p:Person)
WHERE a.run_out = 9007199254740991 AND NOT a.run_in IN open
OPTIONAL MATCH (f:Profile {account: a.id})
WHERE f.run_out = 9007199254740991 AND NOT f.run_in IN open
WITH a, f
ORDER BY a.id, f.statement
RETURN collect([a.id, a.person, a.origin, a.source, a.key, coalesce(f.name, ''), coalesce(f.kind, ''), coalesce(f.unit, ''),
  coalesce(f.number, ''), coalesce(f.email, ''), coalesce(f.login, ''), coalesce(f.left_at, 9007199254740991), coalesce(f.ended_at, 9007199254740991), coalesce(f.listed, 0)]) AS rows
