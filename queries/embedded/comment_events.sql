-- Who first commented on which case since a moment, in the order of time?
-- Asked by: the statistics object.
-- Parameters: since = 1775001600000, until = 1777593600000 and the pin.
SELECT p.known_at AS at, p.case_id, p.person, c.product, c.components, NULL AS reporter
FROM comment p
JOIN case_record c ON c.id = p.case_id AND c.known_at <= p.known_at
  AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
WHERE p.known_at >= :since AND p.known_at < :until
  AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
  AND p.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
  AND p.case_id NOT IN (SELECT value FROM json_each(:without))
  AND NOT EXISTS (
    SELECT 1 FROM comment b
    WHERE b.case_id = p.case_id AND b.person = p.person
      AND (b.known_at, b.account, b.statement) < (p.known_at, p.account, p.statement)
      AND b.known_at <= :as_of AND b.ended_at > :as_of AND b.run_in <= :run
      AND b.run_in NOT IN (SELECT value FROM json_each(:open))
      AND (b.run_out > :run OR b.run_out IN (SELECT value FROM json_each(:open)))
  )
ORDER BY p.known_at, p.case_id, p.person, p.account
