-- Opens the facts of statements again until a moment, undated ones from one: only states, and the last word before an ending.
-- Asked by: the Writer.
-- Parameters: statement, known_at, begins, ended_at, run, dated of each row; whole = 1 for such a word.
INSERT INTO profile (account, person, name, kind, unit, site, number, email, login, joined_at, left_at, listed, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.account, f.person, f.name, f.kind, f.unit, f.site, f.number, f.email, f.login, f.joined_at, f.left_at, f.listed, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN MAX(f.known_at, :begins) ELSE :known_at END, :run, 9007199254740991
FROM profile f
WHERE f.statement = :statement AND f.dated <= :dated AND :whole = 1
  AND f.rowid = (SELECT x.rowid FROM profile x WHERE x.statement = f.statement ORDER BY x.run_in, x.known_at LIMIT 1)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at;

INSERT INTO skill_claim (account, person, skill, label, level, original, claimed_by, assessed_at, valid_until, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.account, f.person, f.skill, f.label, f.level, f.original, f.claimed_by, f.assessed_at, f.valid_until, f.statement, f.dated, MIN(f.valid_until, :ended_at), CASE f.dated WHEN 1 THEN MAX(f.known_at, :begins) ELSE :known_at END, :run, 9007199254740991
FROM skill_claim f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM skill_claim x WHERE x.statement = f.statement ORDER BY x.run_in, x.known_at LIMIT 1)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at;

INSERT INTO record (id, kind, name, body, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.id, f.kind, f.name, f.body, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN MAX(f.known_at, :begins) ELSE :known_at END, :run, 9007199254740991
FROM record f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM record x WHERE x.statement = f.statement ORDER BY x.run_in, x.known_at LIMIT 1)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at;

INSERT INTO concern (id, account, person, role, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.id, f.account, f.person, f.role, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN MAX(f.known_at, :begins) ELSE :known_at END, :run, 9007199254740991
FROM concern f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM concern x WHERE x.statement = f.statement AND x.account = f.account AND x.role = f.role ORDER BY x.run_in, x.known_at LIMIT 1)
ON CONFLICT (statement, account, role, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at
