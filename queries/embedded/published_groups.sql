-- Of which groups were figures of a month shown, how many were in each, and who, as a hash?
-- Asked by: an analysis.
-- Parameters: month = 1777593600000.
SELECT g.dimension, g.name, g.size, g.mark
FROM published_group g
WHERE g.month = :month
ORDER BY g.dimension, g.name
