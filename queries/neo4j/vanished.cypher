// What did earlier complete files of a format have that this run has not, and what of it did another file tell later?
// Asked by: the end of a complete import.
// Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000.
MATCH (r:ImportRun {state: 'COMMITTED', kind: 'IMPORT'})
WHERE r.format = $format AND r.profile = $profile AND r.complete_at < $before
MATCH (a:Assertion {run_in: r.number})
WHERE a.run_out = 9007199254740991 AND a.line > 0
  AND NOT EXISTS { MATCH (b:Assertion {subject: a.subject}) WHERE b.run_in = $run }
  AND NOT EXISTS { MATCH (c:Account {id: a.subject}) }
  AND NOT EXISTS { MATCH (b:Assertion {subject: a.subject}) WHERE b.run_out = 9007199254740991 AND b.line = 0 }
WITH DISTINCT a.subject AS subject
WITH subject, EXISTS {
  MATCH (b:Assertion {subject: subject})
  WHERE b.run_out = 9007199254740991 AND CASE b.stated_at WHEN -1 THEN b.imported_at ELSE b.stated_at END > $before
} AS is_known_later
ORDER BY subject
RETURN collect([subject, is_known_later]) AS rows
