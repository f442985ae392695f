// Under which names is this person known, in every state?
// Asked by: erasePerson.
// Parameters: person = '…'.
MATCH (f:Profile {person: $person})
WITH DISTINCT f.name AS name
ORDER BY name
RETURN collect([name]) AS rows
