-- What was asked, and what was chosen why, page by page?
-- Asked by: erasePerson.
-- Parameters: after = '', limit = 500.
SELECT d.id, d.payload, d.chosen
FROM decision d
WHERE d.id > :after
ORDER BY d.id
LIMIT :limit
