// Which runs are not finished?
// Asked by: the start of a View and of a Writer.
// Parameters: none.
MATCH (r:ImportRun)
WHERE r.state = 'OPEN'
WITH r
ORDER BY r.number
RETURN collect([r.number, r.kind, r.state, r.format, r.file, r.started_at, r.ended_at, r.lease_until, r.owner, r.undoes, r.counts, r.reasons, r.first_known_at, r.profile, r.purposes, r.actor, r.mapping, r.shape, r.complete_at]) AS rows
