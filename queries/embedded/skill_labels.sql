-- Which skills has anybody claimed?
-- Asked by: understanding a problem.
-- Parameters: none and the pin.
SELECT DISTINCT k.skill, k.label
FROM skill_claim k
WHERE k.known_at <= :as_of AND k.ended_at > :as_of AND k.run_in <= :run
  AND k.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (k.run_out > :run OR k.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY k.label, k.skill
