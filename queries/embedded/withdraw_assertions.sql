-- Withdraws what runs asserted.
-- Asked by: the Writer.
-- Parameters: subject, statement, withdrawn, run of each row.
-- Without statistics SQLite would look through a whole run for each subject; the + keeps it from that.
UPDATE assertion SET run_out = :run
WHERE subject = :subject AND statement = :statement AND +run_in = :withdrawn AND +run_out = 9007199254740991
