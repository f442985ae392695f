-- Which entry is the last one of each chain that wrote in a month?
-- Asked by: sealing a month.
-- Parameters: since = 1775001600000, until = 1777593600000.
SELECT e.chain, MAX(e.seq) AS seq, e.at, e.hash, '' AS mac
FROM audit_entry e
WHERE e.at >= :since AND e.at < :until
GROUP BY e.chain
ORDER BY e.chain
