-- To which unit and which site do people belong, the first of several accounts counting?
-- Asked by: the groups of an analysis.
-- Parameters: the pin.
SELECT f.person, f.unit, f.site
FROM profile f
WHERE (f.unit <> '' OR f.site <> '')
  AND f.known_at <= :as_of AND f.ended_at > :as_of AND f.run_in <= :run
  AND f.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (f.run_out > :run OR f.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR f.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = f.person AND t.purpose = :purpose))
ORDER BY f.person, f.listed DESC, f.account, f.statement
