-- Drops counts of terms that no case has any more.
-- Asked by: decideMention.
-- Parameters: cases = 0.
DELETE FROM term_month
WHERE (term, month) IN (SELECT term, month FROM term_month GROUP BY term, month HAVING SUM(cases) = :cases)
