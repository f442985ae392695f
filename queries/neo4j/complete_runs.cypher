// Which files of a format were complete as of which day?
// Asked by: the end of a complete import, and its undo.
// Parameters: format = 'people', profile = 'BV Skills'.
MATCH (r:ImportRun {state: 'COMMITTED'})
WHERE r.format = $format AND r.profile = $profile AND r.complete_at IS NOT NULL
WITH r
ORDER BY r.complete_at, r.number
RETURN collect([r.number, r.complete_at]) AS rows
