-- Which facts about these people are there, and which file and line told each, the newest first?
-- Asked by: the person's own page.
-- Parameters: people = ['…'] and the pin. Of several copies of a fact the newest counts (a bare column beside MAX). The id of a statement starts as that of its subject, which has the index.
WITH t AS MATERIALIZED (
  SELECT 'account' AS kind, x.source || ' ' || x.key AS label, x.statement, x.run_in, CASE WHEN x.ended_at < 9007199254740991 THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM account x WHERE x.person IN (SELECT value FROM json_each(:people))
  UNION ALL SELECT 'profile' AS kind, x.name || CASE x.unit WHEN '' THEN '' ELSE ', ' || x.unit END AS label, x.statement, x.run_in, CASE WHEN x.ended_at < 9007199254740991 THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM profile x WHERE x.person IN (SELECT value FROM json_each(:people))
  UNION ALL SELECT 'skill_claim' AS kind, x.label || ' ' || x.original AS label, x.statement, x.run_in, CASE WHEN x.ended_at < x.valid_until THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM skill_claim x WHERE x.person IN (SELECT value FROM json_each(:people))
  UNION ALL SELECT 'participation' AS kind, x.role AS label, x.statement, x.run_in, CASE WHEN x.ended_at < 9007199254740991 THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM participation x WHERE x.person IN (SELECT value FROM json_each(:people))
  UNION ALL SELECT 'comment' AS kind, '' AS label, x.statement, x.run_in, CASE WHEN x.ended_at < 9007199254740991 THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM comment x WHERE x.person IN (SELECT value FROM json_each(:people))
  UNION ALL SELECT 'attendance' AS kind, x.kind AS label, x.statement, x.run_in, CASE WHEN x.ended_at < 9007199254740991 THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM attendance x WHERE x.person IN (SELECT value FROM json_each(:people))
  UNION ALL SELECT 'concern' AS kind, x.role AS label, x.statement, x.run_in, CASE WHEN x.ended_at < 9007199254740991 THEN x.run_in ELSE x.run_out END AS run_out, x.person FROM concern x WHERE x.person IN (SELECT value FROM json_each(:people))
)
SELECT t.kind, t.label, s.file, s.line, s.run_in AS run, s.imported_at, CASE t.run_out WHEN 9007199254740991 THEN 0 ELSE t.run_out END AS replaced
FROM (SELECT DISTINCT substr(statement, 1, 8) AS start FROM t) b
CROSS JOIN assertion s ON s.subject BETWEEN b.start AND b.start || '.' AND s.line > 0
CROSS JOIN (
  SELECT kind, label, statement, person, MAX(run_in * 2 + (run_out = 9007199254740991)), run_out
  FROM t
  WHERE run_in <= :run AND run_in NOT IN (SELECT value FROM json_each(:open))
  GROUP BY statement, kind, label, person
) t ON t.statement = s.statement
WHERE s.run_in NOT IN (SELECT value FROM json_each(:open)) AND s.run_out = 9007199254740991
  AND (:purpose = '*' OR t.person = :viewer)
ORDER BY s.imported_at DESC, t.kind, t.label, s.file, s.line, s.run_in
