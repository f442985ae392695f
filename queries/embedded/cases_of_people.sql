-- On which cases did these people work or comment, and when last?
-- Asked by: the review queue.
-- Parameters: people = ['…'].
SELECT person, case_id, MAX(known_at) AS last_at
FROM (
  SELECT person, case_id, known_at FROM participation
  WHERE person IN (SELECT value FROM json_each(:people)) AND run_out = 9007199254740991
    AND run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
  UNION ALL
  SELECT person, case_id, known_at FROM comment
  WHERE person IN (SELECT value FROM json_each(:people)) AND run_out = 9007199254740991
    AND run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
)
GROUP BY person, case_id
ORDER BY person, case_id
