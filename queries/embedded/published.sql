-- Since when have figures of a month been shown, and how many people have chosen about a purpose, or were erased, since?
-- Asked by: an analysis.
-- Parameters: month = 1777593600000, purpose = 'NETWORK_ANALYSIS'.
SELECT p.since, (SELECT COUNT(*) FROM own_choice o WHERE o.purpose = :purpose AND o.decided_at > p.noted_at)
  + (SELECT COUNT(*) FROM erasure e WHERE e.started_at > p.noted_at) AS left
FROM published p
WHERE p.month = :month
