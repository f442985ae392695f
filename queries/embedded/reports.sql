-- Who reported which case when?
-- Asked by: the history in memory, for asking thousands of past questions.
-- Parameters: the pin.
SELECT p.case_id, p.person, p.role, p.known_at
FROM participation p
WHERE p.role = 'REPORTER'
  AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
  AND p.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
  AND p.case_id NOT IN (SELECT value FROM json_each(:without))
ORDER BY p.case_id, p.role, p.known_at, p.person
