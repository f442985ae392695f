-- Forgets what was decided about two things.
-- Asked by: undoing a decision.
-- Parameters: kind, one, other.
DELETE FROM judgement WHERE kind = :kind AND one = :one AND other = :other
