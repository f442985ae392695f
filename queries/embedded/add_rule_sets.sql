-- Keeps a draft of a rule set; a name is given once.
-- Asked by: learn.
-- Parameters: name, created_at, payload.
INSERT OR IGNORE INTO rule_set (name, created_at, payload)
VALUES (:name, :created_at, :payload)
