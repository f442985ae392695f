// About which subjects does a run still assert something? Some of them; again until nothing is left.
// Asked by: undo, which withdraws what it was told.
// Parameters: run = 3, limit = 500.
MATCH (a:Assertion {run_in: $run})
WHERE a.run_out = 9007199254740991
WITH DISTINCT a.subject AS subject
LIMIT $limit
RETURN collect([subject]) AS rows
