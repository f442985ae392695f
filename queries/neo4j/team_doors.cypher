// Which teams have people who solved these cases and are not shown, and how many are in them?
// Asked by: the door to a team in an answer.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (s:SupportCase {id: id})
MATCH (p:Person)-[w:WORKED_ON]->(s)
WHERE w.role = 'RESOLVER' AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND $purpose <> '*' AND NOT $purpose IN coalesce(p.takes_part, [])
MATCH (p)<-[:NAMES*1..1]-(f)
WHERE f.unit <> '' AND f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
WITH DISTINCT f.unit AS unit
MATCH (g:Profile {unit: unit})
WHERE g.known_at <= $as_of AND g.ended_at > $as_of AND g.run_in <= $run
  AND NOT g.run_in IN $open AND (g.run_out > $run OR g.run_out IN $open)
WITH unit, count(DISTINCT g.person) AS members
ORDER BY unit
RETURN collect([unit, members]) AS rows
