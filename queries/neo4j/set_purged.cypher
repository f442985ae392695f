// Notes when what was deleted is gone from the disk too, and forgets what was looked for.
// Asked by: erasePerson; decideMention.
// Parameters: id, purged_at.
MATCH (e:Erasure {id: $id})
SET e.purged_at = $purged_at, e.sought = ''
RETURN count(*) AS touched
