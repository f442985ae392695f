-- Which accounts are there, and what do their sources say about who it is?
-- Asked by: settling who is who.
-- Parameters: none.
SELECT a.id AS account, a.person, a.origin, a.source, a.key, COALESCE(f.name, '') AS name, COALESCE(f.kind, '') AS kind,
  COALESCE(f.unit, '') AS unit, COALESCE(f.number, '') AS number, COALESCE(f.email, '') AS email, COALESCE(f.login, '') AS login,
  COALESCE(f.left_at, 9007199254740991) AS left_at, COALESCE(f.ended_at, 9007199254740991) AS ended_at,
  COALESCE(f.listed, 0) AS listed
FROM account a
LEFT JOIN profile f ON f.account = a.id AND f.run_out = 9007199254740991 AND f.run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
WHERE a.run_out = 9007199254740991 AND a.run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
ORDER BY a.id, f.statement
