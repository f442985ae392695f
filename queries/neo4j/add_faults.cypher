// Keeps the rows that a run refused.
// Asked by: the Writer.
// Parameters: run, file, line, column_name, value, reason, cells of each row.
UNWIND $rows AS row
CREATE (f:Fault)
SET f = row
RETURN count(*) AS touched
