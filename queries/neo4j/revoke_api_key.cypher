// Revokes a key at once.
// Asked by: keys revoke.
// Parameters: id, revoked_at.
MATCH (k:ApiKey {id: $id})
WHERE k.revoked_at IS NULL
SET k.revoked_at = $revoked_at
RETURN count(*) AS touched
