-- Deletes all facts about a person, in every state, and everything derived from anybody; the names they signed with go.
-- Asked by: erasePerson.
-- Parameters: person, subjects, texts, names, actors, beside = ['CUSTOMER.owner']: things stay without those people.
DELETE FROM assertion WHERE subject IN (SELECT value FROM json_each(:subjects));
WITH t AS MATERIALIZED (
  SELECT statement FROM comment WHERE person = :person
  UNION SELECT statement FROM skill_claim WHERE person = :person
  UNION SELECT statement FROM profile WHERE person = :person
  UNION SELECT r.statement FROM concern c JOIN record r ON r.statement = c.statement
  WHERE c.person = :person AND r.kind || '.' || c.role NOT IN (SELECT value FROM json_each(:beside))
)
DELETE FROM assertion WHERE subject IN (
  SELECT s.subject
  FROM (SELECT DISTINCT substr(statement, 1, 8) AS start FROM t) b
  CROSS JOIN assertion s ON s.subject BETWEEN b.start AND b.start || '.'
  WHERE s.statement IN (SELECT statement FROM t) AND s.statement NOT IN (SELECT statement FROM case_record)
);
DELETE FROM record WHERE statement IN (
  SELECT r.statement FROM concern c JOIN record r ON r.statement = c.statement
  WHERE c.person = :person AND r.kind || '.' || c.role NOT IN (SELECT value FROM json_each(:beside))
);
DELETE FROM concern WHERE person = :person OR statement IN (
  SELECT statement FROM concern WHERE person = :person AND statement NOT IN (SELECT statement FROM record)
);
DELETE FROM attendance WHERE person = :person;
DELETE FROM judgement
WHERE one IN (SELECT value FROM json_each(:subjects)) OR other IN (SELECT value FROM json_each(:subjects));
DELETE FROM account WHERE person = :person;
DELETE FROM profile WHERE person = :person;
DELETE FROM participation WHERE person = :person;
DELETE FROM comment WHERE person = :person;
DELETE FROM skill_claim WHERE person = :person;
DELETE FROM taking_part WHERE person = :person;
DELETE FROM own_choice WHERE person = :person;
DELETE FROM hidden_claim WHERE person = :person;
DELETE FROM api_key WHERE person = :person;
DELETE FROM checkpoint;
DELETE FROM fault WHERE EXISTS (
  SELECT 1 FROM json_each(:texts) x
  WHERE instr(lower(fault.value || fault.cells || fault.file || fault.column_name), lower(x.value)) > 0
);
UPDATE run SET actor = '' WHERE actor IN (SELECT value FROM json_each(:actors));
UPDATE judgement SET decided_by = '' WHERE decided_by IN (SELECT value FROM json_each(:actors));
UPDATE agreement SET agreed_by = 'Person entfernt' WHERE agreed_by IN (SELECT value FROM json_each(:names));
UPDATE run SET mapping = '', shape = ''
WHERE EXISTS (SELECT 1 FROM json_each(:texts) x WHERE instr(lower(run.mapping), lower(x.value)) > 0);
UPDATE run SET file = '(entfernt)' WHERE EXISTS (SELECT 1 FROM json_each(:texts) x WHERE instr(run.file, x.value) > 0);
UPDATE assertion SET file = '(entfernt)'
WHERE EXISTS (SELECT 1 FROM json_each(:texts) x WHERE instr(assertion.file, x.value) > 0)
