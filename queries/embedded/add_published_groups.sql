-- Notes the groups that figures of a month are shown of; what was noted first stays.
-- Asked by: an analysis.
-- Parameters: month, dimension, name, size, mark of each row.
INSERT OR IGNORE INTO published_group (month, dimension, name, size, mark)
VALUES (:month, :dimension, :name, :size, :mark)
