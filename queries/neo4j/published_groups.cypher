// Of which groups were figures of a month shown, how many were in each, and who, as a hash?
// Asked by: an analysis.
// Parameters: month = 1777593600000.
MATCH (g:PublishedGroup {month: $month})
WITH g
ORDER BY g.dimension, g.name
RETURN collect([g.dimension, g.name, g.size, g.mark]) AS rows
