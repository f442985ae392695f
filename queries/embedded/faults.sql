-- Which rows did a run refuse?
-- Asked by: imports show.
-- Parameters: run = 3, limit = 100.
SELECT file, line, column_name, value, reason, cells
FROM fault
WHERE run = :run
ORDER BY file, line, column_name, reason, value
LIMIT :limit
