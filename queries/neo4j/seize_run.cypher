// Takes over a run whose lease has run out, so that its former owner stops.
// Asked by: the Writer.
// Parameters: number, owner, lease_until, now.
MATCH (r:ImportRun {number: $number})
WHERE r.state = 'OPEN' AND r.lease_until < $now
SET r.owner = $owner, r.lease_until = $lease_until
RETURN count(*) AS touched
