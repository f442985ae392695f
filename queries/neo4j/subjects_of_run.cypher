// About which subjects did a run assert something, after an id?
// Asked by: undo.
// Parameters: run = 3, after = '', limit = 500.
MATCH (a:Assertion {run_in: $run})
WHERE a.run_out = 9007199254740991 AND a.subject > $after
WITH DISTINCT a.subject AS subject
ORDER BY subject
LIMIT $limit
RETURN collect([subject]) AS rows
