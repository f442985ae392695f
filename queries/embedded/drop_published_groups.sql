-- Forgets the groups of months before.
-- Asked by: an analysis.
-- Parameters: month = 1777593600000.
DELETE FROM published_group WHERE month < :month
