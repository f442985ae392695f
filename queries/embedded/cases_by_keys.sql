-- Which cases have one of these numbers?
-- Asked by: a problem that names a case number.
-- Parameters: keys = ['KAN-311'] and the pin.
SELECT c.id AS case_id, c.key, c.title, c.opened_at
FROM case_record c
WHERE c.key IN (SELECT value FROM json_each(:keys))
  AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY c.id
