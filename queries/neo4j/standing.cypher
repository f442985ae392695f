// How much that earlier complete files of a format told still stands?
// Asked by: the guard against vanishing data.
// Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000.
OPTIONAL MATCH (r:ImportRun {state: 'COMMITTED', kind: 'IMPORT'})
WHERE r.format = $format AND r.profile = $profile AND r.complete_at < $before AND r.number <> $run
OPTIONAL MATCH (a:Assertion {run_in: r.number})
WHERE a.run_out = 9007199254740991 AND a.line > 0
  AND NOT EXISTS { MATCH (c:Account {id: a.subject}) }
  AND NOT EXISTS { MATCH (b:Assertion {subject: a.subject}) WHERE b.run_out = 9007199254740991 AND b.line = 0 }
WITH count(DISTINCT a.subject) AS standing
RETURN [['standing', standing]] AS rows
