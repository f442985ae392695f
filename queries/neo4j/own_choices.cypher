// What did this person choose about taking part?
// Asked by: the person's own page.
// Parameters: person = '…'.
MATCH (o:OwnChoice {person: $person})
WITH o
ORDER BY o.purpose
RETURN collect([o.purpose, o.takes_part, o.decided_at]) AS rows
