-- How much that earlier complete files of a format told still stands?
-- Asked by: the guard against vanishing data.
-- Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000.
-- Without statistics SQLite would look through a whole run for each subject; CROSS JOIN keeps it from that.
SELECT 'standing' AS name, COUNT(DISTINCT a.subject) AS rows
FROM run r
CROSS JOIN assertion a ON a.run_in = r.number AND a.run_out = 9007199254740991 AND a.line > 0
WHERE r.format = :format AND r.profile = :profile AND r.complete_at < :before AND r.state = 'COMMITTED' AND r.kind = 'IMPORT' AND r.number <> :run
  AND NOT EXISTS (SELECT 1 FROM account c WHERE c.id = a.subject)
  AND NOT EXISTS (SELECT 1 FROM assertion b WHERE b.subject = a.subject AND b.run_out = 9007199254740991 AND b.line = 0)
