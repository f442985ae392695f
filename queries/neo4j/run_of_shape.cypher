// Which run read the newest file with these columns?
// Asked by: the preview of a file.
// Parameters: shape = '…', actor = '…'.
MATCH (r:ImportRun {shape: $shape})
WHERE r.actor = $actor AND r.state = 'COMMITTED' AND r.kind = 'IMPORT' AND r.mapping <> ''
WITH r
ORDER BY r.number DESC
LIMIT 1
RETURN collect(['run', r.number]) AS rows
