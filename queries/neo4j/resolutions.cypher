// How did these cases end?
// Asked by: similar cases; the case page.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (s:SupportCase {id: id})
MATCH (f:Resolution)-[:ENDS]->(s)
WHERE f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
WITH s, f
ORDER BY s.id, f.statement
RETURN collect([s.id, f.outcome, f.wording, f.resolved_at]) AS rows
