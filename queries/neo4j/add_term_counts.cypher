// Adds to the number of cases that have a term, by month and run.
// Asked by: the Writer.
// Parameters: term, month, run, cases of each row.
UNWIND $rows AS row
WITH row.term AS term, collect(row) AS parts
MERGE (t:Term {term: term})
SET t.months = coalesce(t.months, []) + [part IN parts | part.month],
  t.runs = coalesce(t.runs, []) + [part IN parts | part.run],
  t.cases = coalesce(t.cases, []) + [part IN parts | part.cases]
RETURN count(*) AS touched
