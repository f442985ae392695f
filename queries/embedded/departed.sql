-- Which of these people had left the house, the day after their last, and have not joined it again? Also who had been in a source whose complete lists no longer have them; who has a number there by now has not left with the login they were listed by before, and who is only named by a list of something else is in none.
-- Asked by: every answer.
-- Parameters: people = ['…'] and the pin.
SELECT t.person
FROM (
  SELECT a.person, a.source, MAX(f.ended_at) AS ended_at,
    MAX(CASE WHEN f.ended_at > :as_of THEN f.left_at END) AS left_at, MAX(CASE WHEN f.ended_at > :as_of THEN f.joined_at END) AS joined_at
  FROM account a
  JOIN profile f ON f.account = a.id AND f.listed = 1
    AND f.known_at <= :as_of AND f.run_in <= :run
    AND f.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (f.run_out > :run OR f.run_out IN (SELECT value FROM json_each(:open)))
  WHERE a.person IN (SELECT value FROM json_each(:people))
    AND a.known_at <= :as_of AND a.ended_at > :as_of AND a.run_in <= :run
    AND a.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
    AND (:purpose = '*' OR a.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose))
  GROUP BY a.person, a.source
) t
GROUP BY t.person
HAVING MIN(CASE WHEN t.source IN ('login', 'mail') THEN 9007199254740991 ELSE t.ended_at END) <= :as_of
  OR (MIN(t.ended_at) <= :as_of AND COALESCE(MAX(CASE t.source WHEN 'personnel' THEN t.ended_at END), 0) <= :as_of)
  OR (MAX(t.left_at) <= :as_of - 86400000 AND COALESCE(MAX(t.joined_at) <= MAX(t.left_at), 1))
ORDER BY t.person
