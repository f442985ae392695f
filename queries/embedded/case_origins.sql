-- Which file and line say what is known of these cases?
-- Asked by: provenance.
-- Parameters: cases = ['…'] and the pin.
SELECT a.subject AS case_id, a.run_in AS run, a.file, a.line
FROM assertion a
WHERE a.subject IN (SELECT value FROM json_each(:cases))
  AND a.run_in <= :run AND a.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY a.subject, a.run_in, a.line, a.statement
