-- What have these accounts been called since they were last said to have ended, also before they took another name?
-- Asked by: settling who is who, for numbers with and without zeros before them.
-- Parameters: accounts = ['…'].
SELECT DISTINCT f.account, f.name
FROM profile f
JOIN assertion s ON s.subject BETWEEN substr(f.account, 1, 8) AND substr(f.account, 1, 8) || '.' AND s.statement = f.statement AND s.run_out = 9007199254740991
WHERE f.account IN (SELECT value FROM json_each(:accounts)) AND f.name <> ''
  AND s.run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
  AND NOT EXISTS (
    SELECT 1 FROM assertion e
    WHERE e.subject = s.subject AND e.run_out = 9007199254740991 AND e.line < 1
      AND e.stated_at > CASE s.stated_at WHEN -1 THEN s.imported_at ELSE s.stated_at END
  )
ORDER BY f.account, f.name
