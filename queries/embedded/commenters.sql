-- Who commented on these cases, first when and how often?
-- Asked by: commented on similar; the case page.
-- Parameters: cases = ['…'] and the pin.
SELECT p.case_id, p.person, MIN(p.known_at) AS first_at, COUNT(*) AS comments
FROM comment p
WHERE p.case_id IN (SELECT value FROM json_each(:cases))
  AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
  AND p.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
GROUP BY p.case_id, p.person
ORDER BY p.case_id, p.person
