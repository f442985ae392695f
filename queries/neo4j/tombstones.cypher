// Which accounts must not come back (as keyed hashes)?
// Asked by: every import.
// Parameters: none.
MATCH (t:Tombstone)
WITH t.digest AS digest
ORDER BY digest
RETURN collect([digest]) AS rows
