-- Which runs were there before a number, newest first?
-- Asked by: imports list.
-- Parameters: before = 9007199254740991, limit = 20, actor = '' (anybody).
SELECT number, kind, state, format, file, started_at, ended_at, lease_until, owner, undoes, counts, reasons, first_known_at, profile, purposes, actor, mapping, shape, complete_at
FROM run
WHERE number < :before AND kind <> 'ACT' AND (:actor = '' OR actor = :actor)
ORDER BY number DESC
LIMIT :limit
