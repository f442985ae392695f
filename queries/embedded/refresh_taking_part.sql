-- Works out who takes part in what: what live imports switch on, and what people chose themselves.
-- Asked by: the end of a run; a choice somebody made.
-- Parameters: run, people.
DELETE FROM taking_part WHERE person IN (
    SELECT a.person FROM assertion s JOIN account a ON a.id = s.subject
    WHERE s.run_in = :run AND (s.statement = s.subject OR s.line < 1)
    UNION
    SELECT a.person FROM assertion s JOIN account a ON a.id = s.subject
    WHERE s.run_out = :run AND s.run_out < 9007199254740991
    UNION SELECT value FROM json_each(:people)
);
INSERT OR IGNORE INTO taking_part (person, purpose)
SELECT DISTINCT a.person, x.value
FROM account a
JOIN assertion s ON s.subject = a.id AND s.run_out = 9007199254740991
JOIN run r ON r.number = s.run_in AND r.state = 'COMMITTED', json_each(r.purposes) x
WHERE a.person IN (
    SELECT a.person FROM assertion s JOIN account a ON a.id = s.subject
    WHERE s.run_in = :run AND (s.statement = s.subject OR s.line < 1)
    UNION
    SELECT a.person FROM assertion s JOIN account a ON a.id = s.subject
    WHERE s.run_out = :run AND s.run_out < 9007199254740991
    UNION SELECT value FROM json_each(:people)
  )
  AND NOT EXISTS (SELECT 1 FROM own_choice o WHERE o.person = a.person AND o.purpose = x.value);
INSERT OR IGNORE INTO taking_part (person, purpose)
SELECT o.person, o.purpose
FROM own_choice o
WHERE o.takes_part = 1 AND EXISTS (SELECT 1 FROM account a WHERE a.person = o.person AND a.run_out = 9007199254740991)
  AND o.person IN (
    SELECT a.person FROM assertion s JOIN account a ON a.id = s.subject
    WHERE s.run_in = :run AND (s.statement = s.subject OR s.line < 1)
    UNION
    SELECT a.person FROM assertion s JOIN account a ON a.id = s.subject
    WHERE s.run_out = :run AND s.run_out < 9007199254740991
    UNION SELECT value FROM json_each(:people)
  )
