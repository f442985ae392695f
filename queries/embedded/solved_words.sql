-- Which words did the newest cases have that were solved before a moment, and who solved them, in the order of time?
-- Asked by: the text classifier.
-- Parameters: until = 1777593600000, limit = 4000 and the pin.
SELECT at, case_id, person, packed
FROM (
  SELECT MIN(p.known_at) AS at, p.case_id, p.person, c.packed
  FROM participation p
  JOIN case_record c ON c.id = p.case_id AND c.known_at <= p.known_at
    AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
    AND c.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
  WHERE p.role = 'RESOLVER' AND p.known_at < :until
    AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
    AND p.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
    AND p.case_id NOT IN (SELECT value FROM json_each(:without))
  GROUP BY p.case_id, p.person
  ORDER BY at DESC, p.case_id DESC, p.person DESC
  LIMIT :limit
)
ORDER BY at, case_id, person
