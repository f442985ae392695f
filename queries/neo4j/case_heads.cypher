// What are these cases called?
// Asked by: every answer that cites cases.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (c:CaseRecord {id: id})
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
WITH c
ORDER BY c.id
RETURN collect([c.id, c.key, c.title, c.opened_at]) AS rows
