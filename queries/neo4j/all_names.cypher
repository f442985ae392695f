// What is everybody called who has a name?
// Asked by: an answer whose question names somebody by title, or a contact that is none.
// Parameters: the pin.
MATCH (a:Account)-[:IDENTIFIES]->(p:Person)
WHERE a.known_at <= $as_of AND a.ended_at > $as_of AND a.run_in <= $run
  AND NOT a.run_in IN $open AND (a.run_out > $run OR a.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
MATCH (p)<-[:NAMES*1..1]-(f)
WHERE f.account = a.id AND f.name <> ''
  AND f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
WITH p, a, f
WHERE $unit = '' OR f.unit = $unit
WITH p, a, f
ORDER BY p.id, coalesce(f.listed, 0) DESC, a.source, a.key, f.statement
RETURN collect([p.id, f.name, coalesce(f.kind, 'UNKNOWN'), a.source, a.key, coalesce(f.unit, ''), coalesce(f.site, '')]) AS rows
