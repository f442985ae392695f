// Where do the chains end that grew since a moment?
// Asked by: doctor --audit; the anchor.
// Parameters: since = 0.
MATCH (h:AuditHead)
WHERE h.at >= $since
WITH h
ORDER BY h.chain
RETURN collect([h.chain, h.seq, h.at, h.hash, h.mac]) AS rows
