// On how many days since a moment were more distinct people named to somebody than is usual?
// Asked by: auditSummary.
// Parameters: since = 1746057600000, most = 40.
MATCH (l:LookUp)
WHERE l.day >= $since
WITH l.day AS day, l.asker AS asker, count(*) AS people
WHERE people > $most
RETURN [['days', count(*)]] AS rows
