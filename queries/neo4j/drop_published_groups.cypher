// Forgets the groups of months before.
// Asked by: an analysis.
// Parameters: month = 1777593600000.
MATCH (g:PublishedGroup)
WHERE g.month < $month
DETACH DELETE g
RETURN count(*) AS touched
