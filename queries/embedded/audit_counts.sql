-- How often was what done, by month?
-- Asked by: auditSummary.
-- Parameters: since = 1746057600000.
SELECT c.month, c.role, c.purpose, c.act, c.times
FROM audit_count c
WHERE c.month >= :since
ORDER BY c.month, c.role, c.purpose, c.act
