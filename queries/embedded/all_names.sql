-- What is everybody called who has a name?
-- Asked by: an answer whose question names somebody by title, or a contact that is none.
-- Parameters: the pin.
SELECT a.person, f.name, COALESCE(f.kind, 'UNKNOWN') AS kind, a.source, a.key, COALESCE(f.unit, '') AS unit, COALESCE(f.site, '') AS site
FROM account a
JOIN profile f ON f.account = a.id AND f.name <> ''
  AND f.known_at <= :as_of AND f.ended_at > :as_of AND f.run_in <= :run
  AND f.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (f.run_out > :run OR f.run_out IN (SELECT value FROM json_each(:open)))
WHERE a.known_at <= :as_of AND a.ended_at > :as_of AND a.run_in <= :run
  AND a.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR a.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose))
  AND (:unit = '' OR f.unit = :unit)
ORDER BY a.person, COALESCE(f.listed, 0) DESC, a.source, a.key, f.statement
