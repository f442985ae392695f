-- Forgets a dry run and its faults.
-- Asked by: the Writer.
-- Parameters: number.
DELETE FROM fault WHERE run = :number;

DELETE FROM run WHERE number = :number AND state = 'OPEN'
