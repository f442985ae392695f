// Notes the groups that figures of a month are shown of; what was noted first stays.
// Asked by: an analysis.
// Parameters: month, dimension, name, size, mark of each row.
UNWIND $rows AS row
MERGE (g:PublishedGroup {month: row.month, dimension: row.dimension, name: row.name})
ON CREATE SET g.size = row.size, g.mark = row.mark
RETURN count(*) AS touched
