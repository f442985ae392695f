// How many cases were opened before this month, and how long are they together?
// Asked by: the search for similar cases (BM25).
// Parameters: month = 1777593600000 and the pin.
OPTIONAL MATCH (m:CorpusMonth)
WHERE m.month < $month AND m.run <= $run AND NOT m.run IN $open
WITH coalesce(sum(m.cases), 0) AS cases, coalesce(sum(m.length), 0) AS length
RETURN collect([cases, length]) AS rows
