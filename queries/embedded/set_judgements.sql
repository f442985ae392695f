-- Notes what was decided about two things; a later decision replaces an earlier one.
-- Asked by: decideIdentity; the review of skills.
-- Parameters: kind, one, other, verdict, decided_by, decided_at of each row.
INSERT OR REPLACE INTO judgement (kind, one, other, verdict, decided_by, decided_at)
VALUES (:kind, :one, :other, :verdict, :decided_by, :decided_at)
