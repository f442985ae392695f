// Who is said to have these skills?
// Asked by: the declared-skill hint.
// Parameters: skills = ['…'] and the pin.
UNWIND $skills AS skill
MATCH (p:Person)-[k:CLAIMS]->(:Skill {id: skill})
WHERE k.known_at <= $as_of AND k.ended_at > $as_of AND k.run_in <= $run
  AND NOT k.run_in IN $open AND (k.run_out > $run OR k.run_out IN $open)
WITH p, k
ORDER BY p.id, k.skill, k.claimed_by, k.known_at, k.statement
RETURN collect([p.id, k.skill, k.label, k.level, k.original, k.claimed_by, k.known_at]) AS rows
