-- Takes away what people have deleted for good, also what an import has just brought again.
-- Asked by: the end of a run; hideSkill.
-- Parameters: purpose = '*'.
DELETE FROM skill_claim
WHERE (person, skill, claimed_by) IN (SELECT person, skill, claimed_by FROM hidden_claim WHERE purpose = :purpose)
