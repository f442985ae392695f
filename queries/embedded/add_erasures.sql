-- Notes that somebody was erased, and not who.
-- Asked by: erasePerson.
-- Parameters: id, started_at, purged_at, sought of each row.
INSERT INTO erasure (id, started_at, purged_at, sought) VALUES (:id, :started_at, :purged_at, :sought)
