-- Renews the lease of a run that this owner still holds.
-- Asked by: the Writer.
-- Parameters: number, owner, lease_until.
UPDATE run SET lease_until = :lease_until
WHERE number = :number AND owner = :owner AND state = 'OPEN'
