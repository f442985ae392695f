// Which key has this hash?
// Asked by: every request with an API key.
// Parameters: hash = '…'.
MATCH (k:ApiKey {hash: $hash})
RETURN collect([k.id, k.hash, k.subject, k.person, k.role, k.purposes, k.sees_ids, k.created_at, k.expires_at, k.revoked_at]) AS rows
