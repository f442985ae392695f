-- Takes over a run whose lease has run out, so that its former owner stops.
-- Asked by: the Writer.
-- Parameters: number, owner, lease_until, now.
UPDATE run SET owner = :owner, lease_until = :lease_until
WHERE number = :number AND state = 'OPEN' AND lease_until < :now
