-- How was the newest file with these columns read?
-- Asked by: the preview of a file.
-- Parameters: shape = '…', actor = '…'.
SELECT mapping AS text FROM run
WHERE shape = :shape AND shape <> '' AND actor = :actor AND state = 'COMMITTED' AND kind = 'IMPORT' AND mapping <> ''
ORDER BY number DESC
LIMIT 1
