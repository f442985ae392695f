-- Under which profiles has anything ever been brought, whatever became of it?
-- Asked by: analyses of public data.
-- Parameters: none.
SELECT DISTINCT profile FROM run WHERE kind = 'IMPORT' ORDER BY profile
