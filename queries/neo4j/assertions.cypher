// Which assertions about these subjects are live?
// Asked by: the Writer.
// Parameters: subjects = ['…'].
UNWIND $subjects AS subject
MATCH (a:Assertion {subject: subject})
WHERE a.run_out = 9007199254740991
WITH a
ORDER BY a.subject, a.run_in, a.line, a.statement
RETURN collect([a.statement, a.subject, a.run_in, a.file, a.line, a.known_at, a.imported_at, a.stated_at]) AS rows
