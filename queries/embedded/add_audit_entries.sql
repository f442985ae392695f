-- Appends entries to a chain.
-- Asked by: the audit.
-- Parameters: chain, seq, at, salt, commitment, hash, payload of each row.
INSERT INTO audit_entry (chain, seq, at, salt, commitment, hash, payload)
VALUES (:chain, :seq, :at, :salt, :commitment, :hash, :payload)
