-- Of which groups were figures of a month shown, as of when, and who was in each, as a hash?
-- Asked by: an analysis.
-- Parameters: month = 1777593600000.
SELECT g.dimension, g.name, g.mark, g.noted_at
FROM published_group g
WHERE g.month = :month
ORDER BY g.dimension, g.name
