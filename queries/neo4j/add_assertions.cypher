// Adds assertions: this run says this statement, there.
// Asked by: the Writer.
// Parameters: statement, subject, run_in, run_out, file, line, known_at, imported_at, stated_at of each row.
UNWIND $rows AS row
CREATE (a:Assertion)
SET a = row
RETURN count(*) AS touched
