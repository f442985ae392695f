-- Drops the states of the statistics from a moment on that are older than a run.
-- Asked by: the Writer.
-- Parameters: first, run.
DELETE FROM checkpoint WHERE month > :first AND run < :run
