-- Keeps states derived from the facts before a month.
-- Asked by: the end of a run.
-- Parameters: kind, month, run, payload of each row.
INSERT OR REPLACE INTO checkpoint (kind, month, run, payload)
VALUES (:kind, :month, :run, :payload)
