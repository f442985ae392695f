// Which cases were closed since a moment, and how, in the order of time?
// Asked by: the statistics object.
// Parameters: since = 1775001600000, until = 1777593600000 and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
MATCH (f:Resolution)
WHERE f.known_at >= $since AND f.known_at < $until
  AND f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
MATCH (f)-[:ENDS*1..1]->(s)<-[:DESCRIBES*1..1]-(c)
WHERE NOT s.id IN $without
  AND c.known_at <= f.known_at AND c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
WITH f, s, c
ORDER BY f.known_at, s.id, f.statement
RETURN collect([f.known_at, s.id, f.outcome, c.product]) AS rows
