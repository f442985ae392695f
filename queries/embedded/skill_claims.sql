-- Who is said to have these skills?
-- Asked by: the declared-skill hint.
-- Parameters: skills = ['…'] and the pin.
SELECT k.person, k.skill, k.label, k.level, k.original, k.claimed_by, COALESCE(k.assessed_at, k.known_at) AS known_at, k.dated AS is_dated
FROM skill_claim k
WHERE k.skill IN (SELECT value FROM json_each(:skills))
  AND k.known_at <= :as_of AND k.ended_at > :as_of AND k.run_in <= :run
  AND k.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (k.run_out > :run OR k.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR k.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = k.person AND t.purpose = :purpose))
  AND k.claimed_by IN (SELECT value FROM json_each(:sources))
  AND NOT EXISTS (
    SELECT 1 FROM hidden_claim h
    WHERE h.person = k.person AND h.skill = k.skill AND h.claimed_by = k.claimed_by AND h.purpose IN (:purpose, '*')
  )
ORDER BY k.person, k.skill, k.claimed_by, k.known_at, k.statement
