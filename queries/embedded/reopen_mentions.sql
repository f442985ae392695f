-- Asks again about masked cases whose text an import has brought anew: the name may stand in it.
-- Asked by: the end of a run.
-- Parameters: run, decided = 'MASKED'.
UPDATE mention SET decided = ''
WHERE decided = :decided AND case_id IN (SELECT c.id FROM case_record c WHERE c.run_in = :run)
