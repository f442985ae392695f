// Drops the states derived from the facts from a moment on that are older than a run.
// Asked by: the end of a run.
// Parameters: first, run.
MATCH (k:Checkpoint)
WHERE k.month > $first AND k.run < $run
DELETE k
RETURN count(*) AS touched
