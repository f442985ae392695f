// With whom were these people first seen in the same cases, and on which day, counted as for all ties?
// Asked by: somebody's own network; an answer.
// Parameters: people = ['…'], others = [] (anybody) and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
UNWIND $people AS somebody
MATCH (:Person {id: somebody})-[:WORKED_ON|COMMENTED_ON]->(s)
WITH DISTINCT s
WHERE NOT s.id IN $without
MATCH (s)<-[ws:WORKED_ON|COMMENTED_ON*1..1]-(p)
WHERE ws[0].known_at <= $as_of AND ws[0].ended_at > $as_of AND ws[0].run_in <= $run
  AND NOT ws[0].run_in IN $open AND (ws[0].run_out > $run OR ws[0].run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH s, p.id AS person, min(ws[0].known_at) AS at
WITH s, collect({person: person, at: at}) AS seen
UNWIND [one IN seen WHERE one.person IN $people] AS x
UNWIND [one IN seen WHERE one.person <> x.person AND (size($others) = 0 OR one.person IN $others)] AS y
WITH x, y, CASE WHEN x.at > y.at THEN x.at ELSE y.at END AS at, seen
WITH x.person AS person, y.person AS other, at, size([one IN seen WHERE one.at <= at]) AS people
WHERE people <= 25
WITH person, other, at / 86400000 AS day, count(*) AS contacts, sum(toInteger(1e12 / (people - 1))) AS weight
ORDER BY person, other, day
RETURN collect([person, other, 'CASE', day, contacts, weight, '']) AS rows
