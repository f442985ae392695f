// Under which further names are claimed skills known, by what people decided?
// Asked by: understanding a problem.
// Parameters: none.
OPTIONAL MATCH (o:ImportRun {state: 'OPEN'})
WITH collect(o.number) AS open
MATCH (j:Judgement {kind: 'SKILL', verdict: 'SAME'})
MATCH (r:SkillRecord {skill: j.other})
WHERE r.run_out = 9007199254740991 AND NOT r.run_in IN open
UNWIND [r.label_de, r.label_en] + r.alternatives AS label
WITH DISTINCT j.one AS skill, label
WHERE label <> ''
ORDER BY label, skill
RETURN collect([skill, label]) AS rows
