-- Keeps keys: their hash, never the key itself.
-- Asked by: keys create; the demo.
-- Parameters: id, hash, subject, person, role, purposes, sees_ids, created_at, expires_at, revoked_at of each row.
INSERT INTO api_key (id, hash, subject, person, role, purposes, sees_ids, created_at, expires_at, revoked_at)
VALUES (:id, :hash, :subject, :person, :role, :purposes, :sees_ids, :created_at, :expires_at, :revoked_at)
