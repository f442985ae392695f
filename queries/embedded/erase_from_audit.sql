-- Deletes a person's names in the audit, every answer that named them, and some answers more.
-- Asked by: erasePerson.
-- Parameters: people, decisions.
DELETE FROM decision WHERE id IN (SELECT value FROM json_each(:decisions)) OR id IN (
  SELECT t.decision FROM decision_thing t WHERE t.kind = 'person' AND t.thing IN (SELECT value FROM json_each(:people))
);
DELETE FROM decision_thing WHERE decision NOT IN (SELECT id FROM decision);
DELETE FROM audit_key WHERE person IN (SELECT value FROM json_each(:people))
