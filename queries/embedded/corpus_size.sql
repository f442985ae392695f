-- How many cases were opened before this month, and how long are they together?
-- Asked by: the search for similar cases (BM25).
-- Parameters: month = 1777593600000 and the pin.
SELECT COALESCE(SUM(cases), 0) AS cases, COALESCE(SUM(length), 0) AS length
FROM corpus_month
WHERE month < :month AND run <= :run AND run NOT IN (SELECT value FROM json_each(:open))
