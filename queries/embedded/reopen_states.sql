-- Opens the facts of statements again until a moment, undated ones from one: only those that tell a state.
-- Asked by: the Writer.
-- Parameters: statement, known_at, ended_at, run, dated of each row.
INSERT INTO skill_claim (account, person, skill, label, level, original, claimed_by, assessed_at, valid_until, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.account, f.person, f.skill, f.label, f.level, f.original, f.claimed_by, f.assessed_at, f.valid_until, f.statement, f.dated, MIN(f.valid_until, :ended_at), CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM skill_claim f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.run_in = (SELECT MAX(x.run_in) FROM skill_claim x WHERE x.statement = f.statement)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO record (id, kind, name, body, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.id, f.kind, f.name, f.body, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM record f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.run_in = (SELECT MAX(x.run_in) FROM record x WHERE x.statement = f.statement)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO concern (id, account, person, role, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.id, f.account, f.person, f.role, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM concern f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.run_in = (SELECT MAX(x.run_in) FROM concern x WHERE x.statement = f.statement AND x.account = f.account AND x.role = f.role)
ON CONFLICT (statement, account, role, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at
