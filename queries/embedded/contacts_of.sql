-- Whom had these people contact with, of which kind and on which day, by which occasion, counted as for all ties?
-- Asked by: somebody's own network; an answer.
-- Parameters: people = ['…'], others = [] (anybody) and the pin.
WITH shared AS (
  SELECT DISTINCT m.statement
  FROM attendance m
  WHERE m.person IN (SELECT value FROM json_each(:people))
    AND (json_array_length(:others) = 0 OR EXISTS (
      SELECT 1 FROM attendance o
      WHERE o.statement = m.statement AND o.person IN (SELECT value FROM json_each(:others))))
), seen AS (
  SELECT a.statement AS contact, a.person, MIN(a.at) AS at, MIN(a.kind) AS kind, MAX(a.weight) AS weight, MAX(a.occasion) AS occasion
  FROM attendance a
  WHERE a.statement IN (SELECT statement FROM shared)
    AND a.at <= :as_of
    AND a.known_at <= :as_of AND a.ended_at > :as_of AND a.run_in <= :run
    AND a.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
    AND (:purpose = '*' OR a.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose))
  GROUP BY a.statement, a.person
), contact AS (
  SELECT s.contact, MIN(s.at) AS at, MIN(s.kind) AS kind, MAX(s.weight) AS weight, MAX(s.occasion) AS occasion, COUNT(*) AS people
  FROM seen s
  GROUP BY s.contact
  HAVING COUNT(*) BETWEEN 2 AND 25
)
SELECT x.person, y.person AS other, c.kind, c.at / 86400000 AS day, COUNT(*) AS contacts,
  SUM(CAST(c.weight * 1e12 / (c.people - 1) AS INTEGER)) AS weight, MAX(c.occasion) AS occasion
FROM contact c
JOIN seen x ON x.contact = c.contact AND x.person IN (SELECT value FROM json_each(:people))
JOIN seen y ON y.contact = c.contact AND y.person <> x.person
WHERE json_array_length(:others) = 0 OR y.person IN (SELECT value FROM json_each(:others))
GROUP BY x.person, y.person, c.kind, day
ORDER BY x.person, y.person, c.kind, day
