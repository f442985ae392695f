-- Which person does each of these accounts mean now?
-- Asked by: the Writer.
-- Parameters: accounts = ['…'].
SELECT DISTINCT id AS account, person
FROM account
WHERE id IN (SELECT value FROM json_each(:accounts))
ORDER BY id, person
