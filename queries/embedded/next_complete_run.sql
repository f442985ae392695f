-- Which run of a format was complete on the first day after this one?
-- Asked by: the end of a complete import.
-- Parameters: format = 'people', profile = 'BV Skills', after = 1767225600000, run = 4 (itself).
SELECT 'run' AS name, number AS rows FROM run
WHERE format = :format AND profile = :profile AND complete_at > :after AND state = 'COMMITTED' AND number <> :run
ORDER BY complete_at, number
LIMIT 1
