-- What do cases say, page by page, in every state?
-- Asked by: erasePerson; decideMention.
-- Parameters: after = '', only = '' (any case), limit = 2000.
SELECT c.id, c.statement, c.run_in, c.title, c.text, c.environment, c.product, c.components, c.labels, c.opened_at, c.language, c.terms, c.length, c.run_out
FROM case_record c
WHERE c.id > :after AND (:only = '' OR c.id = :only)
ORDER BY c.id, c.statement, c.run_in
LIMIT :limit
