// What was asked, and what was chosen why, page by page?
// Asked by: erasePerson.
// Parameters: after = '', limit = 500.
MATCH (d:Decision)
WHERE d.id > $after
WITH d
ORDER BY d.id
LIMIT $limit
RETURN collect([d.id, d.payload, d.chosen]) AS rows
