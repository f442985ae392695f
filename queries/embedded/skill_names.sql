-- Under which further names are claimed skills known, by what people decided?
-- Asked by: understanding a problem.
-- Parameters: none.
SELECT DISTINCT j.one AS skill, n.label
FROM judgement j
JOIN (
  SELECT r.skill, r.label_de AS label, r.run_in, r.run_out FROM skill_record r
  UNION ALL SELECT r.skill, r.label_en, r.run_in, r.run_out FROM skill_record r
  UNION ALL SELECT r.skill, a.value, r.run_in, r.run_out FROM skill_record r, json_each(r.alternatives) a
) n ON n.skill = j.other
WHERE j.kind = 'SKILL' AND j.verdict = 'SAME' AND n.label <> '' AND n.run_out = 9007199254740991
  AND n.run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
ORDER BY n.label, j.one
