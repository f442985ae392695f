-- Which teams have people who solved these cases and are not shown, and how many are in them?
-- Asked by: the door to a team in an answer.
-- Parameters: cases = ['…'] and the pin.
SELECT DISTINCT f.unit, (
    SELECT COUNT(DISTINCT g.person) FROM profile g
    WHERE g.unit = f.unit AND g.unit <> ''
      AND g.known_at <= :as_of AND g.ended_at > :as_of AND g.run_in <= :run
      AND g.run_in NOT IN (SELECT value FROM json_each(:open))
      AND (g.run_out > :run OR g.run_out IN (SELECT value FROM json_each(:open)))
  ) AS members
FROM participation p
JOIN profile f ON f.person = p.person AND f.unit <> ''
  AND f.known_at <= :as_of AND f.ended_at > :as_of AND f.run_in <= :run
  AND f.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (f.run_out > :run OR f.run_out IN (SELECT value FROM json_each(:open)))
WHERE p.case_id IN (SELECT value FROM json_each(:cases)) AND p.role = 'RESOLVER'
  AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
  AND p.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND :purpose <> '*' AND NOT EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose)
ORDER BY f.unit
