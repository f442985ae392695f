-- Which cases were closed since a moment, and how, in the order of time?
-- Asked by: the statistics object.
-- Parameters: since = 1775001600000, until = 1777593600000 and the pin.
SELECT s.known_at AS at, s.case_id, s.outcome, c.product
FROM resolution s
JOIN case_record c ON c.id = s.case_id AND c.known_at <= s.known_at
  AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
WHERE s.known_at >= :since AND s.known_at < :until
  AND s.known_at <= :as_of AND s.ended_at > :as_of AND s.run_in <= :run
  AND s.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (s.run_out > :run OR s.run_out IN (SELECT value FROM json_each(:open)))
  AND s.case_id NOT IN (SELECT value FROM json_each(:without))
ORDER BY s.known_at, s.case_id, s.statement
