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
)
SELECT z.person, z.other, 'CASE' AS kind, z.at / 86400000 AS day, COUNT(*) AS contacts, SUM(z.share) AS weight, '' AS occasion
FROM (
  SELECT x.person, y.person AS other, MAX(x.at, y.at) AS at, CAST(1e12 / (MAX(x.people, y.people) - 1) AS INTEGER) AS share
  FROM counted x
  JOIN counted y ON y.case_id = x.case_id AND y.person <> x.person
  WHERE x.person IN (SELECT value FROM json_each(:people)) AND MAX(x.people, y.people) BETWEEN 2 AND 25
    AND (json_array_length(:others) = 0 OR y.person IN (SELECT value FROM json_each(:others)))
) z
GROUP BY z.person, z.other, day
ORDER BY z.person, z.other, day
