-- What does this run tell that another, complete one has not?
-- Asked by: the end of a complete import that comes after a later one.
-- Parameters: run = 4, other = 3, profiles = 1 where they list people.
-- Without statistics SQLite would look through a whole run for each subject; the + keeps it from that.
SELECT DISTINCT a.subject
FROM assertion a
WHERE a.run_in = :run AND a.run_out = 9007199254740991 AND a.line > 0
  AND NOT EXISTS (SELECT 1 FROM account c WHERE c.id = a.subject)
  AND NOT EXISTS (SELECT 1 FROM assertion b WHERE b.subject = a.subject AND +b.run_in = :other)
  AND (:profiles = 1 OR NOT EXISTS (SELECT 1 FROM profile f WHERE f.statement = a.statement))
  AND NOT EXISTS (
    SELECT 1 FROM profile f
    JOIN profile g ON g.account = f.account
    JOIN assertion b ON b.subject BETWEEN substr(a.subject, 1, 8) AND substr(a.subject, 1, 8) || '.' AND b.statement = g.statement
    WHERE f.statement = a.statement AND +b.run_in = :other
  )
ORDER BY a.subject
