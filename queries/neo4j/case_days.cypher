// Which two people were first seen in how many of the same cases on which day of a span, the later of the two counting; a case in which n people had been seen by then counts a share of n - 1, and none of more than 25?
// Asked by: the ties.
// Parameters: since = 1775001600000, until = 1777593600000 and the pin.
CALL () {
  MATCH (:Person)-[w:WORKED_ON]->(s:SupportCase)
  WHERE w.role IN ['REPORTER', 'CREATOR', 'ASSIGNEE', 'RESOLVER'] AND w.known_at >= $since AND w.known_at < $until
  RETURN s
  UNION
  MATCH (:Person)-[w:COMMENTED_ON]->(s:SupportCase)
  WHERE w.known_at >= $since AND w.known_at < $until
  RETURN s
}
WITH s
WHERE NOT s.id IN $without
MATCH (s)<-[ws:WORKED_ON|COMMENTED_ON*1..1]-(p)
WHERE ws[0].known_at < $until
  AND ws[0].known_at <= $as_of AND ws[0].ended_at = 9007199254740991 AND ws[0].run_in <= $run
  AND NOT ws[0].run_in IN $open AND (ws[0].run_out > $run OR ws[0].run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH s, p.id AS person, min(ws[0].known_at) AS at
WITH s, collect({person: person, at: at}) AS seen
UNWIND seen AS y
WITH seen, y
WHERE y.at >= $since
WITH y, [x IN seen WHERE x.at <= y.at] AS by_then
WHERE size(by_then) >= 2 AND size(by_then) <= 25
UNWIND by_then AS x
WITH x, y, toInteger(1e12 / (size(by_then) - 1)) AS share
WHERE x.at < y.at OR x.person < y.person
WITH CASE WHEN x.person < y.person THEN x.person ELSE y.person END AS one,
  CASE WHEN x.person < y.person THEN y.person ELSE x.person END AS other, y.at / 86400000 AS day, share
WITH one, other, day, count(*) AS contacts, sum(share) AS weight
ORDER BY one, other, day
RETURN collect([one, other, 'CASE', day, contacts, weight]) AS rows
