-- Which things of these kinds have these ids or names, or concern these people, and who that may be seen has a part in them?
-- Asked by: an answer, for what is around the people it may name.
-- Parameters: kinds = ['PROMISE'], ids = [], names = [], people = ['…'] and the pin.
WITH wanted AS (
  SELECT value AS id FROM json_each(:ids)
  UNION
  SELECT n.id FROM record n
  WHERE n.kind IN (SELECT value FROM json_each(:kinds)) AND n.name IN (SELECT value FROM json_each(:names))
  UNION
  SELECT c.id FROM concern c WHERE c.person IN (SELECT value FROM json_each(:people))
)
SELECT r.id, r.kind, r.name, r.body, COALESCE(k.role, '') AS role, COALESCE(k.person, '') AS person
FROM wanted w
JOIN record r ON r.id = w.id
LEFT JOIN concern k ON k.id = r.id AND k.statement = r.statement
  AND k.known_at <= :as_of AND k.ended_at > :as_of AND k.run_in <= :run
  AND k.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (k.run_out > :run OR k.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR k.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = k.person AND t.purpose = :purpose))
WHERE r.kind IN (SELECT value FROM json_each(:kinds))
  AND r.known_at <= :as_of AND r.ended_at > :as_of AND r.run_in <= :run
  AND r.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (r.run_out > :run OR r.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY r.kind, r.id, r.statement, role, person
