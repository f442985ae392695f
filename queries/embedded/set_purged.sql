-- Notes when what was deleted is gone from the disk too; null: not yet.
-- Asked by: erasePerson; decideMention.
-- Parameters: id, purged_at.
UPDATE erasure SET purged_at = :purged_at WHERE id = :id
