// Which runs were there before a number, newest first?
// Asked by: imports list.
// Parameters: before = 9007199254740991, limit = 20, actor = '' (anybody).
MATCH (r:ImportRun)
WHERE r.number < $before AND r.kind <> 'ACT' AND ($actor = '' OR r.actor = $actor)
WITH r
ORDER BY r.number DESC
LIMIT $limit
RETURN collect([r.number, r.kind, r.state, r.format, r.file, r.started_at, r.ended_at, r.lease_until, r.owner, r.undoes, r.counts, r.reasons, r.first_known_at, r.profile, r.purposes, r.actor, r.mapping, r.shape, r.complete_at]) AS rows
