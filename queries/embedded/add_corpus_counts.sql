-- Adds to the number and length of cases, by month and run.
-- Asked by: the Writer.
-- Parameters: month, run, cases, length of each row.
INSERT INTO corpus_month (month, run, cases, length) VALUES (:month, :run, :cases, :length)
ON CONFLICT (month, run) DO UPDATE SET cases = cases + excluded.cases, length = length + excluded.length
