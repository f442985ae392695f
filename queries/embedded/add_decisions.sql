-- Keeps answers with all that made them.
-- Asked by: recommendExperts.
-- Parameters: id, at, asker, role, purpose, payload of each row.
INSERT INTO decision (id, at, asker, role, purpose, payload, chosen)
VALUES (:id, :at, :asker, :role, :purpose, :payload, '')
