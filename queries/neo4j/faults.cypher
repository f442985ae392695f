// Which rows did a run refuse?
// Asked by: imports show.
// Parameters: run = 3, limit = 100.
MATCH (f:Fault {run: $run})
WITH f
ORDER BY f.file, f.line, f.column_name, f.reason, f.value
LIMIT $limit
RETURN collect([f.file, f.line, f.column_name, f.value, f.reason, f.cells]) AS rows
