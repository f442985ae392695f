// Which keys are there?
// Asked by: keys list; keys create.
// Parameters: none.
MATCH (k:ApiKey)
WITH k
ORDER BY k.created_at, k.id
RETURN collect([k.id, k.hash, k.subject, k.person, k.role, k.purposes, k.sees_ids, k.created_at, k.expires_at, k.revoked_at]) AS rows
