-- Keeps the rows that a run refused.
-- Asked by: the Writer.
-- Parameters: run, file, line, column_name, value, reason, cells of each row.
INSERT INTO fault (run, file, line, column_name, value, reason, cells)
VALUES (:run, :file, :line, :column_name, :value, :reason, :cells)
