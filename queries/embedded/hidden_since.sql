-- When was the last claim hidden or deleted since a moment?
-- Asked by: replay.
-- Parameters: since = 1777593600000.
SELECT 'hidden' AS name, MAX(h.decided_at) AS rows
FROM hidden_claim h
WHERE h.decided_at > :since
HAVING COUNT(*) > 0
