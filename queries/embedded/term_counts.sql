-- How many cases opened before this month have each term?
-- Asked by: the search for similar cases (rarest terms first, BM25).
-- Parameters: terms = ['kanban'], month = 1777593600000 and the pin.
SELECT term, SUM(cases) AS cases
FROM term_month
WHERE term IN (SELECT value FROM json_each(:terms)) AND month < :month
  AND run <= :run AND run NOT IN (SELECT value FROM json_each(:open))
GROUP BY term
HAVING SUM(cases) <> 0
ORDER BY term
