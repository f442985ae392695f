-- Which of these people had left the house, the day after their last, and have not joined it again?
-- Asked by: every answer.
-- Parameters: people = ['…'] and the pin.
SELECT a.person
FROM account a
JOIN profile f ON f.account = a.id
  AND f.known_at <= :as_of AND f.ended_at > :as_of AND f.run_in <= :run
  AND f.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (f.run_out > :run OR f.run_out IN (SELECT value FROM json_each(:open)))
WHERE a.person IN (SELECT value FROM json_each(:people))
  AND a.known_at <= :as_of AND a.ended_at > :as_of AND a.run_in <= :run
  AND a.run_in NOT IN (SELECT value FROM json_each(:open))
  AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
  AND (:purpose = '*' OR a.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose))
GROUP BY a.person
HAVING MAX(f.left_at) <= :as_of - 86400000 AND COALESCE(MAX(f.joined_at) <= MAX(f.left_at), 1)
ORDER BY a.person
