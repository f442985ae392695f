-- How did these cases end?
-- Asked by: similar cases; the case page.
-- Parameters: cases = ['…'] and the pin.
SELECT s.case_id, s.outcome, s.wording, s.resolved_at
FROM resolution s
WHERE s.case_id IN (SELECT value FROM json_each(:cases))
  AND s.known_at <= :as_of AND s.ended_at > :as_of AND s.run_in <= :run
  AND s.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (s.run_out > :run OR s.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY s.case_id, s.statement
