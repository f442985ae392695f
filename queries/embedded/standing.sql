-- How much that earlier complete files of a format told still stands?
-- Asked by: the guard against vanishing data.
-- Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000, profiles = 1 where the files list people.
-- Without statistics SQLite would look through a whole run for each subject; CROSS JOIN keeps it from that. What each month tells again is looked at once.
WITH told AS (
  SELECT DISTINCT a.subject, a.statement
  FROM run r
  CROSS JOIN assertion a ON a.run_in = r.number AND a.run_out = 9007199254740991 AND a.line > 0
  WHERE r.format = :format AND r.profile = :profile AND r.complete_at < :before AND r.state = 'COMMITTED' AND r.kind = 'IMPORT' AND r.number <> :run
)
SELECT 'standing' AS name, COUNT(DISTINCT a.subject) AS rows
FROM told a
WHERE NOT EXISTS (SELECT 1 FROM account c WHERE c.id = a.subject)
  AND (:profiles = 1 OR NOT EXISTS (SELECT 1 FROM profile f WHERE f.statement = a.statement))
  AND NOT EXISTS (
    SELECT 1 FROM assertion e
    WHERE e.subject = a.subject AND e.run_out = 9007199254740991 AND e.line < 1 AND e.stated_at <= :before
      AND NOT EXISTS (
        SELECT 1 FROM assertion n
        WHERE n.subject = e.subject AND n.run_out = 9007199254740991 AND n.line > 0
          AND CASE n.stated_at WHEN -1 THEN n.imported_at ELSE n.stated_at END BETWEEN e.stated_at AND :before
      )
  )
