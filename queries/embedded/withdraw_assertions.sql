-- Withdraws what a run asserted about these subjects.
-- Asked by: the Writer.
-- Parameters: withdrawn, subjects, run.
-- Without statistics SQLite would look through a whole run for each subject; the + keeps it from that.
UPDATE assertion SET run_out = :run
WHERE +run_in = :withdrawn AND subject IN (SELECT value FROM json_each(:subjects)) AND +run_out = 9007199254740991
