-- What are the next entries, chain by chain?
-- Asked by: doctor --audit.
-- Parameters: after = '', seq = 0, limit = 5000.
SELECT e.chain, e.seq, e.at, e.salt, e.commitment, e.hash, e.payload
FROM audit_entry e
WHERE (e.chain, e.seq) > (:after, :seq)
ORDER BY e.chain, e.seq
LIMIT :limit
