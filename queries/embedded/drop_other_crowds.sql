-- Drops derived states of other people than those who take part now.
-- Asked by: storing derived states.
-- Parameters: kept.
DELETE FROM checkpoint WHERE kind NOT IN (SELECT value FROM json_each(:kept))
