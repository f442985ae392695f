// Notes the groups that figures of a month are shown of; what was noted first stays.
// Asked by: an analysis.
// Parameters: month, dimension, name, mark, noted_at of each row.
UNWIND $rows AS row
MERGE (g:PublishedGroup {month: row.month, dimension: row.dimension, name: row.name})
ON CREATE SET g.mark = row.mark, g.noted_at = row.noted_at
RETURN count(*) AS touched
