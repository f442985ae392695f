// Withdraws what a run asserted about these subjects.
// Asked by: the Writer.
// Parameters: withdrawn, subjects, run.
UNWIND $subjects AS subject
MATCH (a:Assertion {subject: subject})
WHERE a.run_in = $withdrawn AND a.run_out = 9007199254740991
SET a.run_out = $run
RETURN count(*) AS touched
