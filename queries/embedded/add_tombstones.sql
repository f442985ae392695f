-- Notes accounts that must not come back, as keyed hashes.
-- Asked by: erasePerson.
-- Parameters: digest, erased_at of each row.
INSERT OR IGNORE INTO tombstone (digest, erased_at) VALUES (:digest, :erased_at)
