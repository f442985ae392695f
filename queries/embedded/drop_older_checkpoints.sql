-- Drops the states of a kind from before a month.
-- Asked by: storing newer word weights.
-- Parameters: kind, month.
DELETE FROM checkpoint WHERE kind = :kind AND month < :month
