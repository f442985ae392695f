-- Adds skill claim facts; one that this run has closed is opened again.
-- Asked by: the Writer.
-- Parameters: account, person, skill, label, level, original, claimed_by, assessed_at, valid_until, statement, dated, known_at, ended_at, run_in, run_out of each row.
INSERT INTO skill_claim (account, person, skill, label, level, original, claimed_by, assessed_at, valid_until, statement, dated, known_at, ended_at, run_in, run_out)
VALUES (:account, :person, :skill, :label, :level, :original, :claimed_by, :assessed_at, :valid_until, :statement, :dated, :known_at, :ended_at, :run_in, :run_out)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at
