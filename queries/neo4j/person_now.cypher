// Which person does an account mean now that stood for this one when it was alone?
// Asked by: signing in.
// Parameters: origin = '…'.
MATCH (a:Account {origin: $origin})
WHERE a.run_out = 9007199254740991
WITH DISTINCT a.person AS person
ORDER BY person
RETURN collect([person]) AS rows
