-- Which skills are listed and offered?
-- Asked by: suggestions for free-text names; an answer that names nobody.
-- Parameters: none.
SELECT r.skill, r.source, r.key, r.label_de, r.label_en, r.alternatives, r.description, r.broader
FROM skill_record r
WHERE r.run_out = 9007199254740991 AND r.ended_at = 9007199254740991 AND r.retired = 0
  AND r.run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
ORDER BY r.skill, r.statement
