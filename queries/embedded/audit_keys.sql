-- By which names does the audit know these people?
-- Asked by: the audit.
-- Parameters: people = ['…'].
SELECT k.person, k.pseudonym
FROM audit_key k
WHERE k.person IN (SELECT value FROM json_each(:people))
ORDER BY k.person
