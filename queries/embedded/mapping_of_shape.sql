-- How was the newest file with these columns read?
-- Asked by: the preview of a file.
-- Parameters: shape = '…'.
SELECT mapping AS text FROM run
WHERE shape = :shape AND state = 'COMMITTED' AND kind = 'IMPORT' AND mapping <> ''
ORDER BY number DESC
LIMIT 1
