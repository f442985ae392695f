// In what does this person take part?
// Asked by: the person's own page.
// Parameters: person = '…'.
MATCH (p:Person {id: $person})
UNWIND coalesce(p.takes_part, []) AS purpose
WITH DISTINCT purpose
ORDER BY purpose
RETURN collect([purpose, 1]) AS rows
