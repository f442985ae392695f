// Writes the masked texts of cases and their words.
// Asked by: decideMention.
// Parameters: statement, run_in, title, text, environment, product, components, labels, terms, length, packed of each row.
UNWIND $rows AS row
MATCH (c:CaseRecord {statement: row.statement, run_in: row.run_in})
SET c.title = row.title, c.text = row.text, c.environment = row.environment, c.product = row.product,
  c.components = row.components, c.labels = row.labels, c.terms = row.terms,
  c.length = row.length, c.packed = row.packed
RETURN count(*) AS touched
