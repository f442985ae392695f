// Which words did the newest cases have that were solved before a moment, and who solved them, in the order of time?
// Asked by: the text classifier.
// Parameters: until = 1777593600000, limit = 4000 and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
MATCH (p:Person)-[w:WORKED_ON]->(s:SupportCase)
WHERE w.role = 'RESOLVER' AND w.known_at < $until
  AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
  AND NOT s.id IN $without
MATCH (s)<-[:DESCRIBES*1..1]-(c)
WHERE c.known_at <= w.known_at AND c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
WITH min(w.known_at) AS at, s.id AS case_id, p.id AS person, c.packed AS packed
ORDER BY at DESC, case_id DESC, person DESC
LIMIT $limit
WITH at, case_id, person, packed
ORDER BY at, case_id, person
RETURN collect([at, case_id, person, packed]) AS rows
