// Forgets a dry run and its faults.
// Asked by: the Writer.
// Parameters: number.
MATCH (f:Fault {run: $number})
DELETE f
RETURN count(*) AS touched;

MATCH (r:ImportRun {number: $number})
WHERE r.state = 'OPEN'
DELETE r
RETURN count(*) AS touched
