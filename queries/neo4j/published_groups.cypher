// Of which groups were figures of a month shown, as of when, and who was in each, as a hash?
// Asked by: an analysis.
// Parameters: month = 1777593600000.
MATCH (g:PublishedGroup {month: $month})
WITH g
ORDER BY g.dimension, g.name
RETURN collect([g.dimension, g.name, g.mark, g.noted_at]) AS rows
