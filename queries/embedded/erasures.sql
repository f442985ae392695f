-- Which people were erased, and what is still to do?
-- Asked by: erasures; doctor.
-- Parameters: none.
SELECT e.id, e.started_at, e.purged_at
FROM erasure e
ORDER BY e.started_at, e.id
