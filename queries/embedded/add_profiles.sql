-- Adds profile facts; one that this run has closed is opened again.
-- Asked by: the Writer.
-- Parameters: account, person, name, kind, unit, site, number, email, login, joined_at, left_at, listed, statement, dated, known_at, ended_at, run_in, run_out of each row.
INSERT INTO profile (account, person, name, kind, unit, site, number, email, login, joined_at, left_at, listed, statement, dated, known_at, ended_at, run_in, run_out)
VALUES (:account, :person, :name, :kind, :unit, :site, :number, :email, :login, :joined_at, :left_at, :listed, :statement, :dated, :known_at, :ended_at, :run_in, :run_out)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at
