-- Which cases have one of the problem's terms, and who solved them when?
-- Asked by: the search for similar cases (neighbours).
-- Parameters: match = '"kanban" OR "abruf"' and the pin.
SELECT c.id AS case_id, c.length, c.packed, c.opened_at, p.person AS solver, p.known_at AS solved_at
FROM case_terms
JOIN case_record c ON c.row = case_terms.rowid
LEFT JOIN participation p INDEXED BY participation_case ON p.case_id = c.id AND p.role = 'RESOLVER'
  AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
  AND p.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
WHERE case_terms MATCH :match
  AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
  AND c.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
  AND c.id NOT IN (SELECT value FROM json_each(:without))
ORDER BY c.id, p.known_at, p.person
