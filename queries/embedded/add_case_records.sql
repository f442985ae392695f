-- Adds case record facts; one that this run has closed is opened again.
-- Asked by: the Writer.
-- Parameters: id, source, key, title, text, environment, product, components, labels, versions, opened_at, language, terms, length, packed, statement, dated, known_at, ended_at, run_in, run_out of each row.
INSERT INTO case_record (id, source, key, title, text, environment, product, components, labels, versions, opened_at, language, terms, length, packed, statement, dated, known_at, ended_at, run_in, run_out)
VALUES (:id, :source, :key, :title, :text, :environment, :product, :components, :labels, :versions, :opened_at, :language, :terms, :length, :packed, :statement, :dated, :known_at, :ended_at, :run_in, :run_out)
ON CONFLICT (statement, run_in) DO UPDATE SET run_out = excluded.run_out, known_at = excluded.known_at, ended_at = excluded.ended_at
