-- Adds account facts; one that this run has closed is opened again.
-- Asked by: the Writer.
-- Parameters: id, person, origin, source, key, statement, dated, known_at, ended_at, run_in, run_out of each row.
INSERT INTO account (id, person, origin, source, key, statement, dated, known_at, ended_at, run_in, run_out)
VALUES (:id, :person, :origin, :source, :key, :statement, :dated, :known_at, :ended_at, :run_in, :run_out)
ON CONFLICT (id, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at
