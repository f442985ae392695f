// Which is the highest run number?
// Asked by: the start of a View and of a Writer.
// Parameters: none.
OPTIONAL MATCH (r:ImportRun)
WITH coalesce(max(r.number), 0) AS number
RETURN collect(['run', number]) AS rows
