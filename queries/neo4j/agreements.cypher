// Who agreed to which rule set when?
// Asked by: every question (the rule set in force); rules list.
// Parameters: none.
MATCH (a:Agreement)
WITH a
ORDER BY a.agreed_at, a.rule_set, a.agreed_by
RETURN collect([a.rule_set, a.agreed_by, a.role, a.agreed_at]) AS rows
