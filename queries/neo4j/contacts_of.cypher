// Whom had these people contact with, of which kind and on which day, by which occasion, counted as for all ties?
// Asked by: somebody's own network; an answer.
// Parameters: people = ['…'], others = [] (anybody) and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
UNWIND $people AS somebody
MATCH (:Person {id: somebody})-[:ATTENDED]->(m)
WITH DISTINCT m
MATCH (m)<-[rs:ATTENDED*1..1]-(p)
WHERE rs[0].at <= $as_of
  AND rs[0].known_at <= $as_of AND rs[0].ended_at > $as_of AND rs[0].run_in <= $run
  AND NOT rs[0].run_in IN $open AND (rs[0].run_out > $run OR rs[0].run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH rs[0] AS a, p.id AS person
WITH a.statement AS contact, person, min(a.at) AS at, min(a.kind) AS kind, max(a.weight) AS weight, max(a.occasion) AS occasion
WITH contact, min(at) AS at, min(kind) AS kind, max(weight) AS weight, max(occasion) AS occasion, collect(person) AS people
WHERE size(people) >= 2 AND size(people) <= 25
WITH at / 86400000 AS day, kind, occasion, people, toInteger(weight * 1e12 / (size(people) - 1)) AS share
UNWIND [one IN people WHERE one IN $people] AS person
UNWIND people AS other
WITH person, other, kind, day, share, occasion
WHERE person <> other AND (size($others) = 0 OR other IN $others)
WITH person, other, kind, day, count(*) AS contacts, sum(share) AS weight, max(occasion) AS occasion
ORDER BY person, other, kind, day
RETURN collect([person, other, kind, day, contacts, weight, occasion]) AS rows
