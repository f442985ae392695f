-- Who does not take part in a purpose?
-- Asked by: the end of a run; a choice somebody made.
-- Parameters: purpose = 'CASE_HELP'.
SELECT DISTINCT a.person
FROM account a
WHERE a.run_out = 9007199254740991
  AND NOT EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose)
ORDER BY a.person
