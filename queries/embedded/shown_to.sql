-- Which of these cases were named in an answer to this asker?
-- Asked by: the case page.
-- Parameters: asker = '…', things = ['…'].
SELECT DISTINCT t.thing AS person
FROM decision_thing t
JOIN decision d ON d.id = t.decision
WHERE t.kind = 'case' AND t.thing IN (SELECT value FROM json_each(:things)) AND d.asker = :asker
ORDER BY t.thing
