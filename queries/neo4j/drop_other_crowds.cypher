// Drops derived states of other people than those who take part now.
// Asked by: storing derived states.
// Parameters: kept.
MATCH (k:Checkpoint)
WHERE NOT k.kind IN $kept
DELETE k
RETURN count(*) AS touched
