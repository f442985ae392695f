// Notes when what was deleted is gone from the disk too; null: not yet.
// Asked by: erasePerson; decideMention.
// Parameters: id, purged_at.
MATCH (e:Erasure {id: $id})
SET e.purged_at = $purged_at
RETURN count(*) AS touched
