// What did earlier complete files of a format have that a run has not, and what of it did another file tell later? A person who is still in the file has lost nothing by a column that is missing.
// Asked by: the end of a complete import, and its undo.
// Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000, profiles = 1 where the files list people, writing = 5 (the run that asks).
MATCH (r:ImportRun {kind: 'IMPORT'})
WHERE r.format = $format AND r.profile = $profile AND r.complete_at < $before AND (r.state = 'COMMITTED' OR r.number = $writing)
MATCH (a:Assertion {run_in: r.number})
WHERE a.run_out = 9007199254740991 AND a.line > 0
WITH DISTINCT a.subject AS subject, a.statement AS statement
WHERE NOT EXISTS { MATCH (b:Assertion {subject: subject}) WHERE b.run_in = $run }
  AND NOT EXISTS { MATCH (c:Account {id: subject}) }
  AND ($profiles = 1 OR NOT EXISTS { MATCH (f:Profile {statement: statement}) })
  AND NOT EXISTS {
    MATCH (e:Assertion {subject: subject})
    WHERE e.run_out = 9007199254740991 AND e.line < 1 AND e.stated_at <= $before
      AND NOT EXISTS {
        MATCH (n:Assertion {subject: e.subject})
        WHERE n.run_out = 9007199254740991 AND n.line > 0
          AND e.stated_at <= CASE n.stated_at WHEN -1 THEN n.imported_at ELSE n.stated_at END <= $before
      }
  }
  AND NOT EXISTS {
    MATCH (f:Profile {statement: statement})
    MATCH (g:Profile {account: f.account})
    MATCH (b:Assertion {statement: g.statement})
    WHERE b.run_in = $run
  }
WITH DISTINCT subject
WITH subject, EXISTS {
  MATCH (b:Assertion {subject: subject})
  WHERE b.run_out = 9007199254740991 AND CASE b.stated_at WHEN -1 THEN b.imported_at ELSE b.stated_at END >= $before
} AS is_known_later
ORDER BY subject
RETURN collect([subject, is_known_later]) AS rows
