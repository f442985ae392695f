// Keeps a draft of a rule set; a name is given once.
// Asked by: learn.
// Parameters: name, created_at, payload.
OPTIONAL MATCH (known:RuleSet {name: $name})
WITH known
WHERE known IS NULL
CREATE (r:RuleSet {name: $name, created_at: $created_at, payload: $payload})
RETURN count(*) AS touched
