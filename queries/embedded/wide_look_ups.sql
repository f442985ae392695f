-- On how many days since a moment were more distinct people named to somebody than is usual?
-- Asked by: auditSummary.
-- Parameters: since = 1746057600000, most = 40.
SELECT 'days' AS name, COUNT(*) AS rows
FROM (SELECT 1 FROM look_up l WHERE l.day >= :since GROUP BY l.day, l.asker HAVING COUNT(*) > :most)
