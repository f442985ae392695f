// Takes away what people have deleted for good, also what an import has just brought again.
// Asked by: the end of a run; hideSkill.
// Parameters: purpose = '*'.
MATCH (p:Person)-[h:HIDES {purpose: $purpose}]->(b:Skill)
MATCH (p)-[k:CLAIMS {claimed_by: h.claimed_by}]->(b)
DELETE k
RETURN count(*) AS touched
