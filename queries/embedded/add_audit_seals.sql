-- Seals a month; the first seal stays.
-- Asked by: the audit, when a month has ended.
-- Parameters: month, digest of each row.
INSERT OR IGNORE INTO audit_seal (month, digest) VALUES (:month, :digest)
