// Marks a committed run as undone.
// Asked by: the Writer.
// Parameters: number.
MATCH (r:ImportRun {number: $number})
WHERE r.state = 'COMMITTED'
SET r.state = 'UNDONE'
RETURN count(*) AS touched
