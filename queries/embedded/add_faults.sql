-- Keeps the rows that a run refused.
-- Asked by: the Writer.
-- Parameters: run, file, line, column_name, value, reason of each row.
INSERT INTO fault (run, file, line, column_name, value, reason)
VALUES (:run, :file, :line, :column_name, :value, :reason)
