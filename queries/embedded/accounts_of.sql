-- Which accounts has this person, in every state?
-- Asked by: erasePerson.
-- Parameters: person = '…'.
SELECT DISTINCT a.id, a.source, a.key, a.origin
FROM account a
WHERE a.person = :person
ORDER BY a.id
