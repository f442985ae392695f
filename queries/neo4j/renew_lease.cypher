// Renews the lease of a run that this owner still holds.
// Asked by: the Writer.
// Parameters: number, owner, lease_until.
MATCH (r:ImportRun {number: $number})
SET r.number = r.number // takes the lock, so that the rest sees what others have committed
WITH r
WHERE r.owner = $owner AND r.state = 'OPEN'
SET r.lease_until = $lease_until
RETURN count(*) AS touched
