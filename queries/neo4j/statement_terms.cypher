// Which terms do the open case records of these statements have?
// Asked by: the Writer, to correct the term counts.
// Parameters: statements = ['…'].
UNWIND $statements AS statement
MATCH (c:CaseRecord {statement: statement})
WHERE c.run_out = 9007199254740991
WITH c
ORDER BY c.statement
RETURN collect([c.statement, c.terms, c.opened_at, c.length]) AS rows
