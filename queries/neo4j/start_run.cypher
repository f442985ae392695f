// Starts a run, unless its number is taken.
// Asked by: the Writer.
// Parameters: number, kind, format, file, started_at, lease_until, owner, undoes, profile, purposes, actor, mapping, shape, complete_at.
MERGE (r:ImportRun {number: $number})
ON CREATE SET r.kind = $kind, r.state = 'OPEN', r.format = $format, r.file = $file, r.started_at = $started_at,
  r.lease_until = $lease_until, r.owner = $owner, r.undoes = $undoes, r.counts = '{}', r.reasons = '{}',
  r.first_known_at = 9007199254740991, r.profile = $profile, r.purposes = $purposes, r.actor = $actor,
  r.mapping = $mapping, r.shape = $shape, r.complete_at = $complete_at
RETURN count(*) AS touched
