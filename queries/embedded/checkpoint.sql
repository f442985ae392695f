-- Which stored state of a kind (sums, words) is the latest one at or before this month that still holds?
-- Asked by: the statistics object; the text classifier.
-- Parameters: kind = 'sums.2', month = 1777593600000 and the pin.
SELECT k.month, k.payload
FROM checkpoint k
WHERE k.kind = :kind AND k.month <= :month AND k.run <= :run AND k.run NOT IN (SELECT value FROM json_each(:open))
  AND NOT EXISTS (
    SELECT 1 FROM run r
    WHERE r.number > k.run AND r.number <= :run AND r.first_known_at < k.month AND r.state IN ('COMMITTED', 'UNDONE')
  )
ORDER BY k.month DESC, k.run DESC
LIMIT 1
