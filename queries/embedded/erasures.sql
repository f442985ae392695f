-- Which erasures were there, and what is still looked for?
-- Asked by: erasures; doctor.
-- Parameters: none.
SELECT e.id, e.started_at, e.purged_at, e.sought
FROM erasure e
ORDER BY e.started_at, e.id
