// What does a rule set say?
// Asked by: every question (the rule set in force); rules show.
// Parameters: name = 'house-2026-05'.
MATCH (r:RuleSet {name: $name})
RETURN collect([r.name, r.created_at, r.payload]) AS rows
