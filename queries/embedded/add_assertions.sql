-- Adds assertions: this run says this statement, there.
-- Asked by: the Writer.
-- Parameters: statement, subject, run_in, run_out, file, line, known_at, imported_at, stated_at of each row.
INSERT INTO assertion (statement, subject, run_in, run_out, file, line, known_at, imported_at, stated_at)
VALUES (:statement, :subject, :run_in, :run_out, :file, :line, :known_at, :imported_at, :stated_at)
