-- Which runs are not finished?
-- Asked by: the start of a View and of a Writer.
-- Parameters: none.
SELECT number, kind, state, format, file, started_at, ended_at, lease_until, owner, undoes, counts, reasons, first_known_at, profile, purposes, actor, mapping, shape, complete_at
FROM run
WHERE state = 'OPEN'
ORDER BY number
