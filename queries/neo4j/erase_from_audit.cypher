// Deletes a person's names in the audit, every answer that named them, and some answers more.
// Asked by: erasePerson.
// Parameters: people, decisions.
MATCH (t:DecisionThing)
WHERE t.kind = 'person' AND t.thing IN $people
MATCH (d:Decision {id: t.decision})
WITH DISTINCT d
DELETE d
RETURN count(*) AS touched;
MATCH (d:Decision)
WHERE d.id IN $decisions
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
