// Takes over a run whose lease has run out, so that its former owner stops.
// Asked by: the Writer.
// Parameters: number, owner, lease_until, now.
MATCH (r:ImportRun {number: $number})
SET r.number = r.number // takes the lock, so that the rest sees what others have committed
WITH r
WHERE r.state = 'OPEN' AND r.lease_until < $now
SET r.owner = $owner, r.lease_until = $lease_until
RETURN count(*) AS touched
