// Which facts about these people are there, and which file and line told each, the newest first?
// Asked by: the person's own page.
// Parameters: people = ['…'] and the pin.
UNWIND $people AS person
MATCH (p:Person {id: person})
WHERE $purpose = '*' OR p.id = $viewer
CALL (p) {
  MATCH (f:Account)-[:IDENTIFIES]->(p) RETURN 'account' AS kind, f.source + ' ' + f.key AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < 9007199254740991 THEN f.run_in ELSE f.run_out END AS until
  UNION ALL
  MATCH (f:Profile)-[:NAMES]->(p) RETURN 'profile' AS kind, f.name + CASE f.unit WHEN '' THEN '' ELSE ', ' + f.unit END AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < 9007199254740991 THEN f.run_in ELSE f.run_out END AS until
  UNION ALL
  MATCH (p)-[f:CLAIMS]->() RETURN 'skill_claim' AS kind, f.label + ' ' + f.original AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < f.valid_until THEN f.run_in ELSE f.run_out END AS until
  UNION ALL
  MATCH (p)-[f:WORKED_ON]->() RETURN 'participation' AS kind, f.role AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < 9007199254740991 THEN f.run_in ELSE f.run_out END AS until
  UNION ALL
  MATCH (p)-[f:COMMENTED_ON]->() RETURN 'comment' AS kind, '' AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < 9007199254740991 THEN f.run_in ELSE f.run_out END AS until
  UNION ALL
  MATCH (p)-[f:ATTENDED]->() RETURN 'attendance' AS kind, f.kind AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < 9007199254740991 THEN f.run_in ELSE f.run_out END AS until
  UNION ALL
  MATCH (p)-[f:CONCERNED_BY]->() RETURN 'concern' AS kind, f.role AS label, f.statement AS statement, f.run_in AS since, CASE WHEN f.ended_at < 9007199254740991 THEN f.run_in ELSE f.run_out END AS until
}
WITH kind, label, statement, since, until
WHERE since <= $run AND NOT since IN $open
ORDER BY since DESC, until DESC
WITH kind, label, statement, head(collect(until)) AS until
MATCH (s:Assertion {statement: statement})
WHERE s.line > 0 AND NOT s.run_in IN $open AND s.run_out = 9007199254740991
WITH kind, label, s, CASE until WHEN 9007199254740991 THEN 0 ELSE until END AS replaced
ORDER BY s.imported_at DESC, kind, label, s.file, s.line, s.run_in
RETURN collect([kind, label, s.file, s.line, s.run_in, s.imported_at, replaced]) AS rows
