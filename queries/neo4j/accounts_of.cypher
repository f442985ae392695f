// Which accounts has this person, in every state?
// Asked by: erasePerson.
// Parameters: person = '…'.
MATCH (a:Account {person: $person})
WITH DISTINCT a.id AS id, a.source AS source, a.key AS key, a.origin AS origin
ORDER BY id
RETURN collect([id, source, key, origin]) AS rows
