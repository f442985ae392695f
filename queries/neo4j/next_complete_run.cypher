// Which run of a format was complete on the first day after this one?
// Asked by: the end of a complete import.
// Parameters: format = 'people', profile = 'BV Skills', after = 1767225600000, run = 4 (itself).
MATCH (r:ImportRun)
WHERE r.format = $format AND r.profile = $profile AND r.complete_at > $after AND r.state = 'COMMITTED' AND r.number <> $run
WITH r
ORDER BY r.complete_at, r.number
LIMIT 1
RETURN collect(['run', r.number]) AS rows
