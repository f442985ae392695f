// Who is said to have these skills?
// Asked by: the declared-skill hint.
// Parameters: skills = ['…'] and the pin.
UNWIND $skills AS skill
MATCH (p:Person)-[k:CLAIMS]->(b:Skill {id: skill})
WHERE k.known_at <= $as_of AND k.ended_at > $as_of AND k.run_in <= $run
  AND NOT k.run_in IN $open AND (k.run_out > $run OR k.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
  AND k.claimed_by IN $sources
  AND NOT EXISTS {
    MATCH (p)-[h:HIDES]->(b) WHERE h.claimed_by = k.claimed_by AND h.purpose IN [$purpose, '*']
  }
WITH p, k
ORDER BY p.id, k.skill, k.claimed_by, k.known_at, k.statement
RETURN collect([p.id, k.skill, k.label, k.level, k.original, k.claimed_by, COALESCE(k.assessed_at, k.known_at), k.dated]) AS rows
