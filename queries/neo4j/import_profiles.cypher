// Under which profiles has anything ever been brought, whatever became of it?
// Asked by: analyses of public data.
// Parameters: none.
MATCH (r:ImportRun {kind: 'IMPORT'})
WITH DISTINCT r.profile AS profile
ORDER BY profile
RETURN collect([profile]) AS rows
