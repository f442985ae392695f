// Which months are sealed, over what?
// Asked by: doctor --audit.
// Parameters: none.
MATCH (s:AuditSeal)
WITH s
ORDER BY s.month
RETURN collect([s.month, s.digest]) AS rows
