-- Marks a committed run as undone.
-- Asked by: the Writer.
-- Parameters: number.
UPDATE run SET state = 'UNDONE'
WHERE number = :number AND state = 'COMMITTED'
