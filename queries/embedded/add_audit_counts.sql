-- Counts what was done, by month, for the aggregates.
-- Asked by: the audit.
-- Parameters: month, role, purpose, act, times of each row.
INSERT INTO audit_count (month, role, purpose, act, times) VALUES (:month, :role, :purpose, :act, :times)
ON CONFLICT (month, role, purpose, act) DO UPDATE SET times = times + excluded.times
