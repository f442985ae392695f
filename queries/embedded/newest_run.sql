-- Which is the highest run number?
-- Asked by: the start of a View and of a Writer.
-- Parameters: none.
SELECT 'run' AS name, COALESCE(MAX(number), 0) AS rows
FROM run
