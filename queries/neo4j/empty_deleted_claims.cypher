// Empties what people have deleted for good, also what an import has just brought again; the sums of runs tell nothing.
// Asked by: the end of a run; hideSkill.
// Parameters: purpose = '*'.
MATCH (p:Person)-[h:HIDES {purpose: $purpose}]->(b:Skill)
MATCH (p)-[k:CLAIMS {claimed_by: h.claimed_by}]->(b)
SET k.label = '', k.original = '', k.level = 0.0, k.assessed_at = null
RETURN count(*) AS touched
