-- About which subjects did a run assert something, after an id?
-- Asked by: undo.
-- Parameters: run = 3, after = '', limit = 500.
SELECT DISTINCT subject
FROM assertion
WHERE run_in = :run AND run_out = 9007199254740991 AND subject > :after
ORDER BY subject
LIMIT :limit
