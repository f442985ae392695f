-- Which two people had how many contacts of which kind on which day of a span, a contact of n people counting for each pair a share of n - 1, and none of more than 25?
-- Asked by: the ties.
-- Parameters: since = 1775001600000, until = 1777593600000 and the pin.
WITH seen AS (
  SELECT a.statement AS contact, a.person, MIN(a.at) AS at, MIN(a.kind) AS kind, MAX(a.weight) AS weight
  FROM attendance a
  WHERE a.at >= :since AND a.at < :until
    AND a.known_at <= :as_of AND a.ended_at = 9007199254740991 AND a.run_in <= :run
    AND a.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
    AND (:purpose = '*' OR a.person = :viewer OR EXISTS (SELECT 1 FROM taking_part t WHERE t.person = a.person AND t.purpose = :purpose))
  GROUP BY a.statement, a.person
), contact AS (
  SELECT s.contact, MIN(s.at) AS at, MIN(s.kind) AS kind, MAX(s.weight) AS weight, COUNT(*) AS people
  FROM seen s
  GROUP BY s.contact
  HAVING COUNT(*) BETWEEN 2 AND 25
)
SELECT x.person AS one, y.person AS other, c.kind, c.at / 86400000 AS day, COUNT(*) AS contacts,
  SUM(CAST(c.weight * 1e12 / (c.people - 1) AS INTEGER)) AS weight
FROM contact c
JOIN seen x ON x.contact = c.contact
JOIN seen y ON y.contact = c.contact AND y.person > x.person
GROUP BY x.person, y.person, c.kind, day
ORDER BY x.person, y.person, c.kind, day
