-- Notes where a chain ends.
-- Asked by: the audit.
-- Parameters: chain, seq, at, hash, mac of each row.
INSERT OR REPLACE INTO audit_head (chain, seq, at, hash, mac) VALUES (:chain, :seq, :at, :hash, :mac)
