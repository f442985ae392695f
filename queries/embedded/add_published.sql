-- Notes since when figures of a month are shown; what was noted first stays.
-- Asked by: an analysis.
-- Parameters: month, since, noted_at.
INSERT OR IGNORE INTO published (month, since, noted_at)
VALUES (:month, :since, :noted_at)
