// What was decided about which pairs?
// Asked by: settling who is who.
// Parameters: kind = 'PERSON'.
MATCH (j:Judgement {kind: $kind})
WITH j
ORDER BY j.one, j.other
RETURN collect([j.one, j.other, j.verdict, j.decided_by, j.decided_at]) AS rows
