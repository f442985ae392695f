// Which stored state of a kind (sums, words) is the latest one at or before this month that still holds?
// Asked by: the statistics object; the text classifier.
// Parameters: kind = 'sums.2', month = 1777593600000 and the pin.
MATCH (k:Checkpoint)
WHERE k.kind = $kind AND k.month <= $month AND k.run <= $run AND NOT k.run IN $open
  AND NOT EXISTS {
    MATCH (r:ImportRun)
    WHERE r.number > k.run AND r.number <= $run AND r.first_known_at < k.month AND r.state IN ['COMMITTED', 'UNDONE']
  }
WITH k
ORDER BY k.month DESC, k.run DESC
LIMIT 1
RETURN collect([k.month, k.payload]) AS rows
