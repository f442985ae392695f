// What does this run tell that another, complete one has not?
// Asked by: the end of a complete import that comes after a later one.
// Parameters: run = 4, other = 3, profiles = 1 where they list people.
MATCH (a:Assertion {run_in: $run})
WHERE a.run_out = 9007199254740991 AND a.line > 0
  AND NOT EXISTS { MATCH (c:Account {id: a.subject}) }
  AND NOT EXISTS { MATCH (b:Assertion {subject: a.subject}) WHERE b.run_in = $other }
  AND ($profiles = 1 OR NOT EXISTS { MATCH (f:Profile {statement: a.statement}) })
  AND NOT EXISTS {
    MATCH (f:Profile {statement: a.statement})
    MATCH (g:Profile {account: f.account})
    MATCH (b:Assertion {statement: g.statement})
    WHERE b.run_in = $other
  }
WITH DISTINCT a.subject AS subject
ORDER BY subject
RETURN collect([subject]) AS rows
