-- Which months are sealed, over what?
-- Asked by: doctor --audit.
-- Parameters: none.
SELECT s.month, s.digest
FROM audit_seal s
ORDER BY s.month
