-- When was the first and the last event since a moment?
-- Asked by: the statistics object.
-- Parameters: since = 1777593600000 and the pin.
SELECT MIN(known_at) AS first, MAX(known_at) AS last
FROM (
  SELECT p.known_at FROM participation p
  WHERE p.role = 'RESOLVER' AND p.known_at >= :since
    AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
    AND p.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  UNION ALL
  SELECT p.known_at FROM comment p
  WHERE p.known_at >= :since
    AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
    AND p.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  UNION ALL
  SELECT s.known_at FROM resolution s
  WHERE s.known_at >= :since
    AND s.known_at <= :as_of AND s.ended_at > :as_of AND s.run_in <= :run
    AND s.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (s.run_out > :run OR s.run_out IN (SELECT value FROM json_each(:open)))
)
