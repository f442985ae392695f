// Keeps a draft of a rule set; a name is given once.
// Asked by: learn.
// Parameters: name, created_at, payload.
MERGE (r:RuleSet {name: $name})
ON CREATE SET r.created_at = $created_at, r.payload = $payload
RETURN count(*) AS touched
