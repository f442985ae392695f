// What are the next entries, chain by chain?
// Asked by: doctor --audit.
// Parameters: after = '', seq = 0, limit = 5000.
MATCH (e:AuditEntry)
WHERE e.chain > $after OR (e.chain = $after AND e.seq > $seq)
WITH e
ORDER BY e.chain, e.seq
LIMIT $limit
RETURN collect([e.chain, e.seq, e.at, e.salt, e.commitment, e.hash, e.payload]) AS rows
