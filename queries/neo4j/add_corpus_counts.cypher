// Adds to the number and length of cases, by month and run.
// Asked by: the Writer.
// Parameters: month, run, cases, length of each row.
UNWIND $rows AS row
MERGE (m:CorpusMonth {month: row.month, run: row.run})
SET m.cases = coalesce(m.cases, 0) + row.cases, m.length = coalesce(m.length, 0) + row.length
RETURN count(*) AS touched
