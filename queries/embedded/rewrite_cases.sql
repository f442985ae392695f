-- Writes the masked texts of cases and their words.
-- Asked by: decideMention.
-- Parameters: statement, run_in, title, text, environment, product, components, labels, terms, length, packed of each row.
INSERT INTO case_terms (case_terms, rowid, terms)
SELECT 'delete', c.row, c.terms FROM case_record c WHERE c.statement = :statement AND c.run_in = :run_in;
UPDATE case_record
SET title = :title, text = :text, environment = :environment, product = :product,
  components = :components, labels = :labels, terms = :terms, length = :length, packed = :packed
WHERE statement = :statement AND run_in = :run_in;
INSERT INTO case_terms (rowid, terms)
SELECT c.row, c.terms FROM case_record c WHERE c.statement = :statement AND c.run_in = :run_in
