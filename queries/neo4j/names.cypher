// What are these people called, names before keys, and what does the source call them?
// Asked by: every answer.
// Parameters: people = ['…'] and the pin.
// The *1..1 make the planner walk from the node at hand, also by a plan made when the graph was small.
UNWIND $people AS person
MATCH (p:Person {id: person})
MATCH (a:Account)-[:IDENTIFIES]->(p)
WHERE a.known_at <= $as_of AND a.ended_at > $as_of AND a.run_in <= $run
  AND NOT a.run_in IN $open AND (a.run_out > $run OR a.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
OPTIONAL MATCH (p)<-[:NAMES*1..1]-(f)
WHERE f.account = a.id AND (f.name <> '' OR f.unit <> '' OR f.site <> '' OR f.kind <> 'UNKNOWN')
  AND f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
WITH p, a, f
WHERE $unit = '' OR f.unit = $unit
WITH p, a, f
ORDER BY p.id, coalesce(f.name, '') = '', coalesce(f.listed, 0) DESC, a.source, a.key, f.statement
RETURN collect([p.id, coalesce(nullIf(f.name, ''), a.key), coalesce(f.kind, 'UNKNOWN'), a.source, a.key, coalesce(f.unit, ''), coalesce(f.site, '')]) AS rows
