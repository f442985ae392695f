// Which two people had how many contacts of which kind on which day of a span, a contact of n people counting for each pair a share of n - 1, and none of more than 25?
// Asked by: the ties.
// Parameters: since = 1775001600000, until = 1777593600000 and the pin.
MATCH (p:Person)-[a:ATTENDED]->(:Contact)
WHERE a.at >= $since AND a.at < $until
  AND a.known_at <= $as_of AND a.ended_at = 9007199254740991 AND a.run_in <= $run
  AND NOT a.run_in IN $open AND (a.run_out > $run OR a.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH a.statement AS contact, p.id AS person, min(a.at) AS at, min(a.kind) AS kind, max(a.weight) AS weight
WITH contact, min(at) AS at, min(kind) AS kind, max(weight) AS weight, collect(person) AS people
WHERE size(people) >= 2 AND size(people) <= 25
WITH at / 86400000 AS day, kind, people, toInteger(weight * 1e12 / (size(people) - 1)) AS share
UNWIND people AS one
UNWIND people AS other
WITH one, other, kind, day, share
WHERE one < other
WITH one, other, kind, day, count(*) AS contacts, sum(share) AS weight
ORDER BY one, other, kind, day
RETURN collect([one, other, kind, day, contacts, weight]) AS rows
