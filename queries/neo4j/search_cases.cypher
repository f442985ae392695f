// Which cases have one of the problem's terms, and who solved them when?
// Asked by: the search for similar cases (neighbours).
// Parameters: match = '"kanban" OR "abruf"' and the pin.
CALL db.index.fulltext.queryNodes('case_terms', $match) YIELD node AS c
WITH c
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
  AND NOT c.id IN $without
MATCH (c)-[:DESCRIBES]->(s:SupportCase)
OPTIONAL MATCH (p:Person)-[w:WORKED_ON]->(s)
WHERE w.role = 'RESOLVER' AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
WITH c, p, w
ORDER BY c.id, w.known_at, p.id
RETURN collect([c.id, c.length, c.packed, c.opened_at, p.id, w.known_at]) AS rows
