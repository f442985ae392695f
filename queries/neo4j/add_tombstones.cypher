// Notes accounts that must not come back, as keyed hashes.
// Asked by: erasePerson.
// Parameters: digest, erased_at of each row.
UNWIND $rows AS row
MERGE (t:Tombstone {digest: row.digest})
ON CREATE SET t.erased_at = row.erased_at
RETURN count(*) AS touched
