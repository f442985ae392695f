// Marks a committed run as undone.
// Asked by: the Writer.
// Parameters: number.
MATCH (r:ImportRun {number: $number})
SET r.number = r.number // takes the lock, so that the rest sees what others have committed
WITH r
WHERE r.state = 'COMMITTED'
SET r.state = 'UNDONE'
RETURN count(*) AS touched
