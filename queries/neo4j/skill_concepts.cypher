// Which skills are listed and offered?
// Asked by: suggestions for free-text names; an answer that names nobody.
// Parameters: none.
OPTIONAL MATCH (o:ImportRun {state: 'OPEN'})
WITH collect(o.number) AS open
MATCH (r:SkillRecord)
WHERE r.run_out = 9007199254740991 AND r.ended_at = 9007199254740991 AND r.retired = 0 AND NOT r.run_in IN open
WITH r
ORDER BY r.skill, r.statement
RETURN collect([r.skill, r.source, r.key, r.label_de, r.label_en, r.alternatives, r.description, r.broader]) AS rows
