-- Adds to the number of cases that have a term, by month and run.
-- Asked by: the Writer.
-- Parameters: term, month, run, cases of each row.
INSERT INTO term_month (term, month, run, cases) VALUES (:term, :month, :run, :cases)
ON CONFLICT (term, month, run) DO UPDATE SET cases = cases + excluded.cases
