// Who reported which case when?
// Asked by: the history in memory, for asking thousands of past questions.
// Parameters: the pin.
MATCH (p:Person)-[w:WORKED_ON]->(s:SupportCase)
WHERE w.role = 'REPORTER'
  AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
  AND NOT s.id IN $without
WITH p, w, s
ORDER BY s.id, w.role, w.known_at, p.id
RETURN collect([s.id, p.id, w.role, w.known_at]) AS rows
