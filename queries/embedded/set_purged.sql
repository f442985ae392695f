-- Notes when what was deleted is gone from the disk too, and forgets what was looked for.
-- Asked by: erasePerson; decideMention.
-- Parameters: id, purged_at.
UPDATE erasure SET purged_at = :purged_at, sought = '' WHERE id = :id
