-- Starts a run, unless its number is taken.
-- Asked by: the Writer.
-- Parameters: number, kind, format, file, started_at, lease_until, owner, undoes, profile, purposes, actor, mapping, shape, complete_at.
INSERT INTO run (number, kind, state, format, file, started_at, ended_at, lease_until, owner, undoes, counts, reasons, first_known_at, profile, purposes, actor, mapping, shape, complete_at)
VALUES (:number, :kind, 'OPEN', :format, :file, :started_at, NULL, :lease_until, :owner, :undoes, '{}', '{}', 9007199254740991, :profile, :purposes, :actor, :mapping, :shape, :complete_at)
ON CONFLICT (number) DO NOTHING
