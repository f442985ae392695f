-- Which units does the house list, and what is said of them?
-- Asked by: the groups of an analysis.
-- Parameters: the pin.
SELECT r.id, r.name, r.body
FROM record r
WHERE r.kind = 'ORG_UNIT'
  AND r.known_at <= :as_of AND r.ended_at > :as_of AND r.run_in <= :run
  AND r.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (r.run_out > :run OR r.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY r.id, r.statement
