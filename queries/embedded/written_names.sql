-- Under which names is this person known, in every state?
-- Asked by: erasePerson.
-- Parameters: person = '…'.
SELECT DISTINCT f.name AS person
FROM profile f
WHERE f.person = :person
ORDER BY f.name
