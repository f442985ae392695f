// What is known of this run?
// Asked by: imports show.
// Parameters: number = 3.
MATCH (r:ImportRun {number: $number})
RETURN collect([r.number, r.kind, r.state, r.format, r.file, r.started_at, r.ended_at, r.lease_until, r.owner, r.undoes, r.counts, r.reasons, r.first_known_at, r.profile, r.purposes, r.actor, r.mapping, r.shape, r.complete_at]) AS rows
