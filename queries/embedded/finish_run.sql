-- Ends a run that this owner still holds.
-- Asked by: the Writer.
-- Parameters: number, owner, state, ended_at, counts, reasons, first_known_at.
UPDATE run SET state = :state, ended_at = :ended_at, counts = :counts, reasons = :reasons, first_known_at = :first_known_at
WHERE number = :number AND owner = :owner AND state = 'OPEN'
