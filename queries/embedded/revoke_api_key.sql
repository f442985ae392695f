-- Revokes a key at once.
-- Asked by: keys revoke.
-- Parameters: id, revoked_at.
UPDATE api_key SET revoked_at = :revoked_at WHERE id = :id AND revoked_at IS NULL
