-- Which run read the newest file with these columns?
-- Asked by: the preview of a file.
-- Parameters: shape = '…', actor = '…'.
SELECT 'run' AS name, number AS rows FROM run
WHERE shape = :shape AND shape <> '' AND actor = :actor AND state = 'COMMITTED' AND kind = 'IMPORT' AND mapping <> ''
ORDER BY number DESC
LIMIT 1
