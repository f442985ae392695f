// Which cases were solved by whom since a moment, in the order of time?
// Asked by: the statistics object.
// Parameters: since = 1775001600000, until = 1777593600000 and the pin.
MATCH (p:Person)-[w:WORKED_ON]->(s:SupportCase)
WHERE w.role = 'RESOLVER' AND w.known_at >= $since AND w.known_at < $until
  AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND NOT s.id IN $without
MATCH (c:CaseRecord)-[:DESCRIBES]->(s)
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
OPTIONAL MATCH (r:Person)-[v:WORKED_ON]->(s)
WHERE v.role = 'REPORTER' AND v.known_at <= $as_of AND v.ended_at > $as_of AND v.run_in <= $run
  AND NOT v.run_in IN $open AND (v.run_out > $run OR v.run_out IN $open)
WITH p, w, s, c, r
ORDER BY w.known_at, s.id, p.id, r.id
RETURN collect([w.known_at, s.id, p.id, c.product, c.components, r.id]) AS rows
