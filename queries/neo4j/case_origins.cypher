// Which file and line say what is known of these cases?
// Asked by: provenance.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (a:Assertion {subject: id})
WHERE a.run_in <= $run AND NOT a.run_in IN $open AND (a.run_out > $run OR a.run_out IN $open)
WITH a
ORDER BY a.subject, a.run_in, a.line, a.statement
RETURN collect([a.subject, a.run_in, a.file, a.line]) AS rows
