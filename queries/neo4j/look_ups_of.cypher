// How many people were named to this asker, by day?
// Asked by: the asker's own page.
// Parameters: asker = '…', since = 1746057600000.
MATCH (l:LookUp {asker: $asker})
WHERE l.day >= $since
WITH l.day AS day, count(*) AS people
ORDER BY day DESC
RETURN collect([day, people]) AS rows
