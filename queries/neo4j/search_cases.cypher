// Which cases have one of the problem's terms, and who solved them when?
// Asked by: the search for similar cases (neighbours).
// Parameters: match = '"kanban" OR "abruf"' and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
CALL db.index.fulltext.queryNodes('case_terms', $match) YIELD node AS c
WITH c
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
  AND NOT c.id IN $without
MATCH (c)-[:DESCRIBES*1..1]->(s)
OPTIONAL MATCH (s)<-[ws:WORKED_ON*1..1]-(p)
WHERE ws[0].role = 'RESOLVER' AND ws[0].known_at <= $as_of AND ws[0].ended_at > $as_of AND ws[0].run_in <= $run
  AND NOT ws[0].run_in IN $open AND (ws[0].run_out > $run OR ws[0].run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH c, p, ws[0] AS w
ORDER BY c.id, w.known_at, p.id
RETURN collect([c.id, c.length, c.packed, c.opened_at, p.id, w.known_at]) AS rows
