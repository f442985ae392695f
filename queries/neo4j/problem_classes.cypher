// Which classes of problems does the house list, and in which words are they told?
// Asked by: an answer that names nobody.
// Parameters: none.
OPTIONAL MATCH (o:ImportRun {state: 'OPEN'})
WITH collect(o.number) AS open
MATCH (r:Record)
WHERE r.kind = 'PROBLEM_CLASS' AND r.run_out = 9007199254740991 AND r.ended_at = 9007199254740991 AND NOT r.run_in IN open
WITH r
ORDER BY r.id, r.statement
RETURN collect([r.id, r.body]) AS rows
