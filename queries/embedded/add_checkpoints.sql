-- Keeps states of the statistics.
-- Asked by: the Writer.
-- Parameters: month, run, payload of each row.
INSERT OR REPLACE INTO checkpoint (month, run, payload)
VALUES (:month, :run, :payload)
