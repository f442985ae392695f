-- Who agreed to which rule set when?
-- Asked by: every question (the rule set in force); rules list.
-- Parameters: none.
SELECT rule_set, agreed_by, role, agreed_at FROM agreement ORDER BY agreed_at, rule_set, agreed_by
