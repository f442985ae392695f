-- Which keys are there?
-- Asked by: keys list; keys create.
-- Parameters: none.
SELECT id, hash, subject, person, role, purposes, sees_ids, created_at, expires_at, revoked_at
FROM api_key
ORDER BY created_at, id
