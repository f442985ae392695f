// Ends a run that this owner still holds.
// Asked by: the Writer.
// Parameters: number, owner, state, ended_at, counts, reasons, first_known_at.
MATCH (r:ImportRun {number: $number})
SET r.number = r.number // takes the lock, so that the rest sees what others have committed
WITH r
WHERE r.owner = $owner AND r.state = 'OPEN'
SET r.state = $state, r.ended_at = $ended_at, r.counts = $counts, r.reasons = $reasons, r.first_known_at = $first_known_at
RETURN count(*) AS touched
