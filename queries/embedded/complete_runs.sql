-- Which files of a format were complete as of which day?
-- Asked by: the end of a complete import, and its undo.
-- Parameters: format = 'people', profile = 'BV Skills'.
SELECT number, complete_at FROM run
WHERE format = :format AND profile = :profile AND state = 'COMMITTED' AND complete_at IS NOT NULL
ORDER BY complete_at, number
