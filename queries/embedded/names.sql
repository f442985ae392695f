-- What are these people called, names before keys, and what does the source call them?
-- Asked by: every answer.
-- Parameters: people = ['…'] and the pin.
SELECT a.person, COALESCE(NULLIF(f.name, ''), a.key) AS name, COALESCE(f.kind, 'UNKNOWN') AS kind, a.source, a.key, COALESCE(f.unit, '') AS unit, COALESCE(f.site, '') AS site
FROM account a
LEFT JOIN profile f ON f.account = a.id AND (f.name <> '' OR f.unit <> '' OR f.site <> '' OR f.kind <> 'UNKNOWN')
  AND f.known_at <= :as_of AND f.ended_at > :as_of AND f.run_in <= :run
  AND f.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (f.run_out > :run OR f.run_out IN (SELECT value FROM json_each(:open)))
WHERE a.person IN (SELECT value FROM json_each(:people))
  AND a.known_at <= :as_of AND a.ended_at > :as_of AND a.run_in <= :run
  AND a.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR a.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose))
  AND (:unit = '' OR f.unit = :unit)
ORDER BY a.person, COALESCE(f.name, '') = '', COALESCE(f.listed, 0) DESC, a.source, a.key, f.statement
