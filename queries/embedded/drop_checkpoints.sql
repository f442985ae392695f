-- Drops the states derived from the facts from a moment on that are older than a run.
-- Asked by: the end of a run.
-- Parameters: first, run.
DELETE FROM checkpoint WHERE month > :first AND run < :run
