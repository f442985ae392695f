// Which entry is the last one of each chain that wrote in a month?
// Asked by: sealing a month.
// Parameters: since = 1775001600000, until = 1777593600000.
MATCH (e:AuditEntry)
WHERE e.at >= $since AND e.at < $until
WITH e
ORDER BY e.chain, e.seq DESC
WITH e.chain AS chain, collect(e)[0] AS last
ORDER BY chain
RETURN collect([chain, last.seq, last.at, last.hash, '']) AS rows
