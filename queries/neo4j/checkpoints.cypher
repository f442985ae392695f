// Which stored states of a kind, month by month, still hold in a span?
// Asked by: the ties.
// Parameters: kind = 'ties.1', since = 1775001600000, until = 1777593600000 and the pin.
MATCH (k:Checkpoint)
WHERE k.kind = $kind AND k.month > $since AND k.month <= $until AND k.run <= $run AND NOT k.run IN $open
  AND NOT EXISTS {
    MATCH (r:ImportRun)
    WHERE r.number > k.run AND r.number <= $run AND r.first_known_at < k.month AND r.state IN ['COMMITTED', 'UNDONE']
  }
WITH k
ORDER BY k.month, k.run DESC
RETURN collect([k.month, k.payload]) AS rows
