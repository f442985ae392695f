// By which names does the audit know these people?
// Asked by: the audit.
// Parameters: people = ['…'].
UNWIND $people AS person
MATCH (k:AuditKey {person: person})
WITH k
ORDER BY k.person
RETURN collect([k.person, k.pseudonym]) AS rows
