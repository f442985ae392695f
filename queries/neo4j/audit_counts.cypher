// How often was what done, by month?
// Asked by: auditSummary.
// Parameters: since = 1746057600000.
MATCH (c:AuditCount)
WHERE c.month >= $since
WITH c
ORDER BY c.month, c.role, c.purpose, c.act
RETURN collect([c.month, c.role, c.purpose, c.act, c.times]) AS rows
