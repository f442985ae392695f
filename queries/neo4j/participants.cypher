// Who was what in these cases?
// Asked by: reported similar; the case page; a problem given as a case.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (s:SupportCase {id: id})
MATCH (p:Person)-[w:WORKED_ON]->(s)
WHERE w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH s, p, w
ORDER BY s.id, w.role, w.known_at, p.id
RETURN collect([s.id, p.id, w.role, w.known_at]) AS rows
