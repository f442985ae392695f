-- What is every case, with its words?
-- Asked by: the history in memory, for asking thousands of past questions.
-- Parameters: the pin.
SELECT c.id AS case_id, c.key, c.product, c.components, c.language, c.opened_at, c.terms, c.length, c.packed
FROM case_record c
WHERE c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
  AND c.id NOT IN (SELECT value FROM json_each(:without))
ORDER BY c.id
