-- With whom were these people first seen in the same cases, and on which day, counted as for all ties?
-- Asked by: somebody's own network; an answer.
-- Parameters: people = ['…'], others = [] (anybody) and the pin.
WITH touched AS (
  SELECT p.case_id FROM participation p WHERE p.person IN (SELECT value FROM json_each(:people))
  UNION
  SELECT c.case_id FROM comment c WHERE c.person IN (SELECT value FROM json_each(:people))
), seen AS (
  SELECT p.case_id, p.person, p.known_at AS at
  FROM participation p
  WHERE p.case_id IN (SELECT case_id FROM touched)
    AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
    AND p.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
    AND (:purpose = '*' OR p.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = p.person AND t.purpose = :purpose))
    AND p.case_id NOT IN (SELECT value FROM json_each(:without))
  UNION ALL
  SELECT c.case_id, c.person, c.known_at AS at
  FROM comment c
  WHERE c.case_id IN (SELECT case_id FROM touched)
    AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
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
  SELECT x.value ->> 0 AS person, y.value ->> 0 AS other, MAX(x.value ->> 1, y.value ->> 1) AS at,
    MAX(x.value ->> 2, y.value ->> 2) AS people
  FROM together t, json_each(t.seen) x, json_each(t.seen) y
  WHERE x.key <> y.key AND x.value ->> 0 IN (SELECT value FROM json_each(:people))
    AND (json_array_length(:others) = 0 OR y.value ->> 0 IN (SELECT value FROM json_each(:others)))
)
SELECT p.person, p.other, 'CASE' AS kind, p.at / 86400000 AS day, COUNT(*) AS contacts,
  SUM(CAST(1e12 / (p.people - 1) AS INTEGER)) AS weight, '' AS occasion
FROM pair p
GROUP BY p.person, p.other, day
ORDER BY p.person, p.other, day
