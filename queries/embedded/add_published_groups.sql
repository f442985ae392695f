-- Notes the groups that figures of a month are shown of; what was noted first stays.
-- Asked by: an analysis.
-- Parameters: month, dimension, name, mark, noted_at of each row.
INSERT OR IGNORE INTO published_group (month, dimension, name, mark, noted_at)
VALUES (:month, :dimension, :name, :mark, :noted_at)
