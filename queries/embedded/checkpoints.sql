-- Which stored states of a kind, month by month, still hold in a span?
-- Asked by: the ties.
-- Parameters: kind = 'ties.1', since = 1775001600000, until = 1777593600000 and the pin.
SELECT k.month, k.payload
FROM checkpoint k
WHERE k.kind = :kind AND k.month > :since AND k.month <= :until AND k.run <= :run
  AND k.run NOT IN (SELECT value FROM json_each(:open))
  AND NOT EXISTS (
    SELECT 1 FROM run r
    WHERE r.number > k.run AND r.number <= :run AND r.first_known_at < k.month AND r.state IN ('COMMITTED', 'UNDONE')
  )
ORDER BY k.month, k.run DESC
