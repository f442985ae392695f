// Drops the states of a kind from before a month.
// Asked by: storing newer word weights.
// Parameters: kind, month.
MATCH (k:Checkpoint)
WHERE k.kind = $kind AND k.month < $month
DELETE k
RETURN count(*) AS touched
