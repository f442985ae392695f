// Which cases did these people solve since a moment, newest first?
// Asked by: the evidence of the people shown.
// Parameters: people = ['…'], since = 1746057600000 and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
UNWIND $people AS person
MATCH (p:Person {id: person})
MATCH (p)-[w:WORKED_ON]->(s:SupportCase)
WHERE w.role = 'RESOLVER' AND w.known_at >= $since
  AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
  AND NOT s.id IN $without
MATCH (s)<-[:DESCRIBES*1..1]-(c)
WHERE c.known_at <= w.known_at AND c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
OPTIONAL MATCH (s)<-[vs:WORKED_ON*1..1]-(r)
WHERE vs[0].role = 'REPORTER' AND vs[0].known_at <= $as_of AND vs[0].ended_at > $as_of AND vs[0].run_in <= $run
  AND NOT vs[0].run_in IN $open AND (vs[0].run_out > $run OR vs[0].run_out IN $open)
  AND ($purpose = '*' OR r.id = $viewer OR $purpose IN r.takes_part)
WITH p, w, s, c, r
ORDER BY p.id, w.known_at DESC, s.id, r.id
RETURN collect([w.known_at, s.id, p.id, c.product, c.components, r.id]) AS rows
