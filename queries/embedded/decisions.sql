-- What made these answers?
-- Asked by: replay; chooseExpert.
-- Parameters: ids = ['…'].
SELECT d.id, d.at, d.asker, d.role, d.purpose, d.payload, d.chosen
FROM decision d
WHERE d.id IN (SELECT value FROM json_each(:ids))
ORDER BY d.id
