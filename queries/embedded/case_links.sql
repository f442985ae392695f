-- To which cases do these cases point?
-- Asked by: the case page.
-- Parameters: cases = ['…'] and the pin.
SELECT k.case_id, k.other_id, k.other_key, k.kind
FROM case_link k
WHERE k.case_id IN (SELECT value FROM json_each(:cases))
  AND k.known_at <= :as_of AND k.ended_at > :as_of AND k.run_in <= :run
  AND k.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (k.run_out > :run OR k.run_out IN (SELECT value FROM json_each(:open)))
ORDER BY k.case_id, k.kind, k.other_key, k.other_id
