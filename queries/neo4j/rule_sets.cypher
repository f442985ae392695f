// Which rule sets are there, in the order they were made?
// Asked by: rules list.
// Parameters: none.
MATCH (r:RuleSet)
WITH r
ORDER BY r.created_at, r.name
RETURN collect([r.name, r.created_at, r.payload]) AS rows
