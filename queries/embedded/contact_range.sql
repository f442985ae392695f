-- When were two people first and last in contact or in a case since a moment?
-- Asked by: the ties.
-- Parameters: since = 1777593600000 and the pin.
SELECT MIN(at) AS first, MAX(at) AS last
FROM (
  SELECT a.at FROM attendance a
  WHERE a.at >= :since
    AND a.known_at <= :as_of AND a.ended_at > :as_of AND a.run_in <= :run
    AND a.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (a.run_out > :run OR a.run_out IN (SELECT value FROM json_each(:open)))
  UNION ALL
  SELECT p.known_at AS at FROM participation p
  WHERE p.role IN ('REPORTER', 'CREATOR', 'ASSIGNEE', 'RESOLVER') AND p.known_at >= :since
    AND p.known_at <= :as_of AND p.ended_at > :as_of AND p.run_in <= :run
    AND p.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (p.run_out > :run OR p.run_out IN (SELECT value FROM json_each(:open)))
  UNION ALL
  SELECT c.known_at AS at FROM comment c
  WHERE c.known_at >= :since
    AND c.known_at <= :as_of AND c.ended_at > :as_of AND c.run_in <= :run
    AND c.run_in NOT IN (SELECT value FROM json_each(:open))
    AND (c.run_out > :run OR c.run_out IN (SELECT value FROM json_each(:open)))
)
