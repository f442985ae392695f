// Keeps answers with all that made them.
// Asked by: recommendExperts.
// Parameters: id, at, asker, role, purpose, payload of each row.
UNWIND $rows AS row
CREATE (d:Decision)
SET d = row, d.chosen = ''
RETURN count(*) AS touched
