-- What did earlier complete files of a format have that a run has not, and what of it did another file tell later? A person who is still in the file has lost nothing by a column that is missing.
-- Asked by: the end of a complete import, and its undo.
-- Parameters: format = 'people', profile = 'BV Skills', run = 4, before = 1767225600000, profiles = 1 where the files list people, writing = 5 (the run that asks).
-- Without statistics SQLite would look through a whole run for each subject; + and CROSS JOIN keep it from that. What the run has is looked up once.
SELECT DISTINCT a.subject, EXISTS (
    SELECT 1 FROM assertion b
    WHERE b.subject = a.subject AND b.run_out = 9007199254740991
      AND CASE b.stated_at WHEN -1 THEN b.imported_at ELSE b.stated_at END >= :before
  ) AS is_known_later
FROM run r
CROSS JOIN assertion a ON a.run_in = r.number AND a.run_out = 9007199254740991 AND a.line > 0
WHERE r.format = :format AND r.profile = :profile AND r.complete_at < :before AND (r.state = 'COMMITTED' OR r.number = :writing)
  AND a.subject NOT IN (SELECT b.subject FROM assertion b WHERE b.run_in = :run)
  AND NOT EXISTS (SELECT 1 FROM account c WHERE c.id = a.subject)
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
  AND NOT EXISTS (
    SELECT 1 FROM profile f
    JOIN profile g ON g.account = f.account
    JOIN assertion b ON b.subject BETWEEN substr(a.subject, 1, 8) AND substr(a.subject, 1, 8) || '.' AND b.statement = g.statement
    WHERE f.statement = a.statement AND +b.run_in = :run
  )
ORDER BY a.subject
