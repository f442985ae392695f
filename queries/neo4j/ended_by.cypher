// What is said to have ended because a complete file no longer had it?
// Asked by: the undo of that file.
// Parameters: run = 3.
MATCH (a:Assertion)
WHERE a.line = -$run AND a.run_out = 9007199254740991
WITH DISTINCT a.subject AS subject
ORDER BY subject
RETURN collect([subject]) AS rows
