-- Adds resolution facts; one that this run has closed is opened again.
-- Asked by: the Writer.
-- Parameters: case_id, outcome, wording, resolved_at, statement, dated, known_at, ended_at, run_in, run_out of each row.
INSERT INTO resolution (case_id, outcome, wording, resolved_at, statement, dated, known_at, ended_at, run_in, run_out)
VALUES (:case_id, :outcome, :wording, :resolved_at, :statement, :dated, :known_at, :ended_at, :run_in, :run_out)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at
