-- Adds attendance facts; one that this run has closed is opened again.
-- Asked by: the Writer.
-- Parameters: contact, account, person, at, kind, mode, weight, occasion, statement, dated, known_at, ended_at, run_in, run_out of each row.
INSERT INTO attendance (contact, account, person, at, kind, mode, weight, occasion, statement, dated, known_at, ended_at, run_in, run_out)
VALUES (:contact, :account, :person, :at, :kind, :mode, :weight, :occasion, :statement, :dated, :known_at, :ended_at, :run_in, :run_out)
ON CONFLICT (statement, account, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at
