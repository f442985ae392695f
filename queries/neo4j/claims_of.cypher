// Which skills are these people said to have?
// Asked by: the person page.
// Parameters: people = ['…'] and the pin.
// The *1..1 makes the planner walk from the person at hand, also by a plan made when the graph was small.
UNWIND $people AS person
MATCH (p:Person {id: person})
MATCH (p)-[found:CLAIMS*1..1]->(b)
WITH p, b, found[0] AS k
WHERE k.known_at <= $as_of AND k.ended_at > $as_of AND k.run_in <= $run
  AND NOT k.run_in IN $open AND (k.run_out > $run OR k.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
  AND k.claimed_by IN $sources
  AND NOT EXISTS {
    MATCH (p)-[h:HIDES]->(b) WHERE h.claimed_by = k.claimed_by AND h.purpose IN [$purpose, '*']
  }
WITH p, k
ORDER BY p.id, k.label, k.claimed_by, k.known_at, k.statement
RETURN collect([p.id, k.skill, k.label, k.level, k.original, k.claimed_by, COALESCE(k.assessed_at, k.known_at), k.dated]) AS rows
