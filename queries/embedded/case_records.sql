-- What was known of these cases when they were opened?
-- Asked by: a problem given as a case; the case page.
-- Parameters: cases = ['…'] and the pin.
SELECT c.id AS case_id, c.source, c.key, c.title, c.text, c.environment, c.product, c.components, c.labels, c.versions,
  c.opened_at, c.language
FROM case_record c
WHERE c.id IN (SELECT value FROM json_each(:cases))
  AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY c.id
