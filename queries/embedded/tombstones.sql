-- Which accounts must not come back (as keyed hashes)?
-- Asked by: every import.
-- Parameters: none.
SELECT t.digest AS person
FROM tombstone t
ORDER BY t.digest
