// How much that earlier complete files of a format told still stands?
// Asked by: the guard against vanishing data.
// Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000, profiles = 1 where the files list people.
OPTIONAL MATCH (r:ImportRun {state: 'COMMITTED', kind: 'IMPORT'})
WHERE r.format = $format AND r.profile = $profile AND r.complete_at < $before AND r.number <> $run
OPTIONAL MATCH (a:Assertion {run_in: r.number})
WHERE a.run_out = 9007199254740991 AND a.line > 0
WITH DISTINCT a.subject AS told, a.statement AS statement
WHERE NOT EXISTS { MATCH (c:Account {id: told}) }
  AND ($profiles = 1 OR NOT EXISTS { MATCH (f:Profile {statement: statement}) })
  AND NOT EXISTS {
    MATCH (e:Assertion {subject: told})
    WHERE e.run_out = 9007199254740991 AND e.line < 1 AND e.stated_at <= $before
      AND NOT EXISTS {
        MATCH (n:Assertion {subject: e.subject})
        WHERE n.run_out = 9007199254740991 AND n.line > 0
          AND e.stated_at <= CASE n.stated_at WHEN -1 THEN n.imported_at ELSE n.stated_at END <= $before
      }
  }
WITH count(DISTINCT told) AS standing
RETURN [['standing', standing]] AS rows
