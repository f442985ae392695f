// Drops the states of the statistics from a moment on that are older than a run.
// Asked by: the Writer.
// Parameters: first, run.
MATCH (k:Checkpoint)
WHERE k.month > $first AND k.run < $run
DELETE k
RETURN count(*) AS touched
