-- Which terms do the open case records of these statements have?
-- Asked by: the Writer, to correct the term counts.
-- Parameters: statements = ['…'].
SELECT statement, terms, opened_at, length
FROM case_record
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991
ORDER BY statement
