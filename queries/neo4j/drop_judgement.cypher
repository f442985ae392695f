// Forgets what was decided about two things.
// Asked by: undoing a decision.
// Parameters: kind, one, other.
MATCH (j:Judgement {kind: $kind, one: $one, other: $other})
DELETE j
RETURN count(*) AS touched
