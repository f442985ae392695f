// Deletes a person's names in the audit and every answer that named them.
// Asked by: erasePerson.
// Parameters: people, texts (names and keys that a question or a reason may hold).
MATCH (t:DecisionThing)
WHERE t.kind = 'person' AND t.thing IN $people
MATCH (d:Decision {id: t.decision})
WITH DISTINCT d
DELETE d
RETURN count(*) AS touched;
MATCH (d:Decision)
WHERE any(text IN $texts WHERE toLower(d.payload + d.chosen) CONTAINS toLower(text))
DELETE d
RETURN count(*) AS touched;
MATCH (t:DecisionThing)
WHERE NOT EXISTS { MATCH (d:Decision {id: t.decision}) }
DELETE t
RETURN count(*) AS touched;
MATCH (k:AuditKey)
WHERE k.person IN $people
DELETE k
RETURN count(*) AS touched
