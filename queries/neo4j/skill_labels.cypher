// Which skills has anybody claimed?
// Asked by: understanding a problem.
// Parameters: none and the pin.
MATCH (p:Person)-[k:CLAIMS]->(b:Skill)
WHERE k.known_at <= $as_of AND k.ended_at > $as_of AND k.run_in <= $run
  AND NOT k.run_in IN $open AND (k.run_out > $run OR k.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
  AND k.claimed_by IN $sources
  AND NOT EXISTS {
    MATCH (p)-[h:HIDES]->(b) WHERE h.claimed_by = k.claimed_by AND h.purpose IN [$purpose, '*']
  }
WITH DISTINCT k.skill AS skill, k.label AS label
ORDER BY label, skill
RETURN collect([skill, label]) AS rows
