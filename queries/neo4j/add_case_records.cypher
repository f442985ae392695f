// Adds case record facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: id, source, key, title, text, environment, product, components, labels, versions, opened_at, language, terms, length, packed, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (e:SupportCase {id: row.id})
MERGE (f:CaseRecord {statement: row.statement, run_in: row.run_in})
SET f = row
MERGE (f)-[:DESCRIBES]->(e)
RETURN count(*) AS touched
