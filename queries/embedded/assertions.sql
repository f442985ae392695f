-- Which assertions about these subjects are live?
-- Asked by: the Writer.
-- Parameters: subjects = ['…'].
SELECT statement, subject, run_in, file, line, known_at, imported_at, stated_at
FROM assertion
WHERE subject IN (SELECT value FROM json_each(:subjects)) AND run_out = 9007199254740991
ORDER BY subject, run_in, line, statement
