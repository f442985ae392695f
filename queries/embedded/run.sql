-- What is known of this run?
-- Asked by: imports show.
-- Parameters: number = 3.
SELECT number, kind, state, format, file, started_at, ended_at, lease_until, owner, undoes, counts, reasons, first_known_at, profile, purposes, actor, mapping, shape, complete_at
FROM run
WHERE number = :number
