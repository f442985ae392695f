-- What does a rule set say?
-- Asked by: every question (the rule set in force); rules show.
-- Parameters: name = 'house-2026-05'.
SELECT name, created_at, payload FROM rule_set WHERE name = :name
