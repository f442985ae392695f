// What have these accounts been called since they were last said to have ended, also before they took another name?
// Asked by: settling who is who, for numbers with and without zeros before them.
// Parameters: accounts = ['…'].
OPTIONAL MATCH (r:ImportRun {state: 'OPEN'})
WITH collect(r.number) AS open
UNWIND $accounts AS account
MATCH (f:Profile {account: account})
WHERE f.name <> ''
MATCH (s:Assertion {statement: f.statement})
WHERE s.run_out = 9007199254740991 AND NOT s.run_in IN open
  AND NOT EXISTS {
    MATCH (e:Assertion {subject: s.subject})
    WHERE e.run_out = 9007199254740991 AND e.line < 1
      AND e.stated_at > CASE s.stated_at WHEN -1 THEN s.imported_at ELSE s.stated_at END
  }
WITH DISTINCT f.account AS account, f.name AS name
ORDER BY account, name
RETURN collect([account, name]) AS rows
