-- What are these cases called?
-- Asked by: every answer that cites cases.
-- Parameters: cases = ['…'] and the pin.
SELECT c.id AS case_id, c.key, c.title, c.opened_at
FROM case_record c
WHERE c.id IN (SELECT value FROM json_each(:cases))
  AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY c.id
