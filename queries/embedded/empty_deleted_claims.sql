-- Empties what people have deleted for good, also what an import has just brought again; the sums of runs tell nothing.
-- Asked by: the end of a run; hideSkill.
-- Parameters: purpose = '*'.
UPDATE skill_claim SET label = '', original = '', level = 0.0, assessed_at = NULL
WHERE label <> '' AND (person, skill, claimed_by) IN (
    SELECT person, skill, claimed_by FROM hidden_claim WHERE purpose = :purpose
  )
