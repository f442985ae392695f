-- Which two people were first seen in how many of the same cases on which day of a span, the later of the two counting; a case in which n people had been seen by then counts a share of n - 1, and none of more than 25?
-- Asked by: the ties.
-- Parameters: since = 1775001600000, until = 1777593600000 and the pin.
WITH touched AS (
  SELECT p.case_id FROM participation p WHERE p.role IN ('REPORTER', 'CREATOR', 'ASSIGNEE', 'RESOLVER') AND p.known_at >= :since AND p.known_at < :until
  UNION
  SELECT c.case_id FROM comment c WHERE c.known_at >= :since AND c.known_at < :until
), seen AS (
  SELECT p.case_id, p.person, p.known_at AS at
  FROM participation p
  WHERE p.case_id IN (SELECT case_id FROM touched) AND p.known_at < :until
    AND p.known_at <= :as_of AND p.ended_at = 9007199254740991 AND p.run_in <= :run
    AND p.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
    AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
    AND p.case_id NOT IN (SELECT value FROM json_each(:without))
  UNION ALL
  SELECT c.case_id, c.person, c.known_at AS at
  FROM comment c
  WHERE c.case_id IN (SELECT case_id FROM touched) AND c.known_at < :until
    AND c.known_at <= :as_of AND c.ended_at = 9007199254740991 AND c.run_in <= :run
    AND c.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
    AND (:purpose = '*' OR c.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = c.person AND t.purpose = :purpose))
    AND c.case_id NOT IN (SELECT value FROM json_each(:without))
), first AS (
  SELECT s.case_id, s.person, MIN(s.at) AS at
  FROM seen s
  GROUP BY s.case_id, s.person
), counted AS (
  SELECT f.case_id, f.person, f.at, COUNT(*) OVER (PARTITION BY f.case_id ORDER BY f.at) AS people
  FROM first f
), together AS (
  SELECT c.case_id, json_group_array(json_array(c.person, c.at, c.people)) AS seen
  FROM counted c
  WHERE c.people <= 25
  GROUP BY c.case_id
), pair AS (
  SELECT x.value ->> 0 AS first, y.value ->> 0 AS later, y.value ->> 1 AS at, y.value ->> 2 AS people
  FROM together t, json_each(t.seen) x, json_each(t.seen) y
  WHERE (x.value ->> 1, x.value ->> 0) < (y.value ->> 1, y.value ->> 0) AND y.value ->> 1 >= :since
)
SELECT MIN(p.first, p.later) AS one, MAX(p.first, p.later) AS other, 'CASE' AS kind, p.at / 86400000 AS day,
  COUNT(*) AS contacts, SUM(CAST(1e12 / (p.people - 1) AS INTEGER)) AS weight
FROM pair p
GROUP BY one, other, day
ORDER BY one, other, day
