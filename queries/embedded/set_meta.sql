-- Sets versions of the store.
-- Asked by: the Writer.
-- Parameters: name, value of each row.
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
