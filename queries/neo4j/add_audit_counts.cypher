// Counts what was done, by month, for the aggregates.
// Asked by: the audit.
// Parameters: month, role, purpose, act, times of each row.
UNWIND $rows AS row
MERGE (c:AuditCount {month: row.month, role: row.role, purpose: row.purpose, act: row.act})
ON CREATE SET c.times = row.times
ON MATCH SET c.times = c.times + row.times
RETURN count(*) AS touched
