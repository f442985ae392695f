-- Which people at customers does the house list, and who are they as people?
-- Asked by: who of us knows somebody at a customer.
-- Parameters: the pin.
SELECT r.id, r.name, r.body, COALESCE(k.person, '') AS person
FROM record r
LEFT JOIN concern k ON k.id = r.id AND k.role = 'account'
  AND k.known_at <= :as_of AND k.ended_at > :as_of AND k.run_in <= :run
  AND k.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (k.run_out > :run OR k.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR k.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = k.person AND t.purpose = :purpose))
WHERE r.kind = 'CUSTOMER_CONTACT'
  AND r.known_at <= :as_of AND r.ended_at > :as_of AND r.run_in <= :run
  AND r.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (r.run_out > :run OR r.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY r.id, r.statement, k.person
