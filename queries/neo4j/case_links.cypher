// To which cases do these cases point?
// Asked by: the case page.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (s:SupportCase {id: id})
MATCH (s)-[k:LINKED_TO]->(:SupportCase)
WHERE k.known_at <= $as_of AND k.ended_at > $as_of AND k.run_in <= $run
  AND NOT k.run_in IN $open AND (k.run_out > $run OR k.run_out IN $open)
WITH s, k
ORDER BY s.id, k.kind, k.other_key, k.other_id
RETURN collect([s.id, k.other_id, k.other_key, k.kind]) AS rows
