// Which skills has anybody claimed?
// Asked by: understanding a problem.
// Parameters: none and the pin.
MATCH (:Person)-[k:CLAIMS]->(:Skill)
WHERE k.known_at <= $as_of AND k.ended_at > $as_of AND k.run_in <= $run
  AND NOT k.run_in IN $open AND (k.run_out > $run OR k.run_out IN $open)
WITH DISTINCT k.skill AS skill, k.label AS label
ORDER BY label, skill
RETURN collect([skill, label]) AS rows
