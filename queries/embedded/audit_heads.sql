-- Where do the chains end that grew since a moment?
-- Asked by: doctor --audit; the anchor.
-- Parameters: since = 0.
SELECT h.chain, h.seq, h.at, h.hash, h.mac
FROM audit_head h
WHERE h.at >= :since
ORDER BY h.chain
