-- Who was what in these cases?
-- Asked by: reported similar; the case page; a problem given as a case.
-- Parameters: cases = ['…'] and the pin.
SELECT p.case_id, p.person, p.role, p.known_at
FROM participation p
WHERE p.case_id IN (SELECT value FROM json_each(:cases))
  AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
  AND p.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
ORDER BY p.case_id, p.role, p.known_at, p.person
