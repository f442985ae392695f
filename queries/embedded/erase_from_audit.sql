-- Deletes a person's names in the audit and every answer that named them.
-- Asked by: erasePerson.
-- Parameters: people, texts (names and keys that a question or a reason may hold).
DELETE FROM decision WHERE id IN (
  SELECT t.decision FROM decision_thing t WHERE t.kind = 'person' AND t.thing IN (SELECT value FROM json_each(:people))
);
DELETE FROM decision WHERE EXISTS (
  SELECT 1 FROM json_each(:texts) x WHERE instr(lower(decision.payload || decision.chosen), lower(x.value)) > 0
);
DELETE FROM decision_thing WHERE decision NOT IN (SELECT id FROM decision);
DELETE FROM audit_key WHERE person IN (SELECT value FROM json_each(:people))
