-- How many people were named to this asker, by day?
-- Asked by: the asker's own page.
-- Parameters: asker = '…', since = 1746057600000.
SELECT l.day, COUNT(*) AS people
FROM look_up l
WHERE l.asker = :asker AND l.day >= :since
GROUP BY l.day
ORDER BY l.day DESC
