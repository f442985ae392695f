-- Opens the facts of statements again until a moment, undated ones from one.
-- Asked by: the Writer.
-- Parameters: statement, known_at, begins, ended_at, run, dated of each row.
INSERT INTO account (id, person, origin, source, key, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.id, f.person, f.origin, f.source, f.key, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM account f
WHERE f.id = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM account x WHERE x.id = f.id ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (id, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO profile (account, person, name, kind, unit, site, number, email, login, joined_at, left_at, listed, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.account, f.person, f.name, f.kind, f.unit, f.site, f.number, f.email, f.login, f.joined_at, f.left_at, f.listed, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN MAX(f.known_at, :begins) ELSE :known_at END, :run, 9007199254740991
FROM profile f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM profile x WHERE x.statement = f.statement ORDER BY x.run_in, x.known_at LIMIT 1)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at;

INSERT INTO case_record (id, source, key, title, text, environment, product, components, labels, versions, opened_at, language, terms, length, packed, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.id, f.source, f.key, f.title, f.text, f.environment, f.product, f.components, f.labels, f.versions, f.opened_at, f.language, f.terms, f.length, f.packed, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM case_record f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM case_record x WHERE x.statement = f.statement ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO resolution (case_id, outcome, wording, resolved_at, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.case_id, f.outcome, f.wording, f.resolved_at, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM resolution f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM resolution x WHERE x.statement = f.statement ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO participation (case_id, account, person, role, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.case_id, f.account, f.person, f.role, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM participation f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM participation x WHERE x.statement = f.statement AND x.account = f.account AND x.role = f.role ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, account, role, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO comment (case_id, account, person, at, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.case_id, f.account, f.person, f.at, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM comment f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM comment x WHERE x.statement = f.statement AND x.account = f.account AND x.at = f.at ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, account, at, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO case_link (case_id, other_id, other_key, kind, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.case_id, f.other_id, f.other_key, f.kind, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM case_link f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM case_link x WHERE x.statement = f.statement AND x.other_id = f.other_id AND x.kind = f.kind ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, other_id, kind, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO skill_claim (account, person, skill, label, level, original, claimed_by, assessed_at, valid_until, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.account, f.person, f.skill, f.label, f.level, f.original, f.claimed_by, f.assessed_at, f.valid_until, f.statement, f.dated, MIN(f.valid_until, :ended_at), CASE f.dated WHEN 1 THEN MAX(f.known_at, :begins) ELSE :known_at END, :run, 9007199254740991
FROM skill_claim f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM skill_claim x WHERE x.statement = f.statement ORDER BY x.run_in, x.known_at LIMIT 1)
ON CONFLICT (statement, run_in, known_at) DO UPDATE SET run_out = excluded.run_out, ended_at = excluded.ended_at;

INSERT INTO skill_record (skill, source, key, label_de, label_en, alternatives, description, broader, retired, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.skill, f.source, f.key, f.label_de, f.label_en, f.alternatives, f.description, f.broader, f.retired, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM skill_record f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM skill_record x WHERE x.statement = f.statement ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

INSERT INTO attendance (contact, account, person, at, kind, mode, weight, occasion, statement, dated, ended_at, known_at, run_in, run_out)
SELECT f.contact, f.account, f.person, f.at, f.kind, f.mode, f.weight, f.occasion, f.statement, f.dated, :ended_at, CASE f.dated WHEN 1 THEN f.known_at ELSE :known_at END, :run, 9007199254740991
FROM attendance f
WHERE f.statement = :statement AND f.dated <= :dated
  AND f.rowid = (SELECT x.rowid FROM attendance x WHERE x.statement = f.statement AND x.account = f.account ORDER BY x.run_in DESC LIMIT 1)
ON CONFLICT (statement, account, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at;

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
