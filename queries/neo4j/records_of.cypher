// Which things of these kinds have these ids or names, or concern these people, and who that may be seen has a part in them?
// Asked by: an answer, for what is around the people it may name.
// Parameters: kinds = ['PROMISE'], ids = [], names = [], people = ['…'] and the pin.
CALL () {
  UNWIND $ids AS id
  MATCH (w:Thing {id: id})
  RETURN w
  UNION
  UNWIND $kinds AS kind
  UNWIND $names AS name
  MATCH (n:Record {kind: kind, name: name})-[:DETAILS]->(w:Thing)
  RETURN w
  UNION
  UNWIND $people AS person
  MATCH (c:Person {id: person})-[:CONCERNED_BY]->(w:Thing)
  RETURN w
}
WITH DISTINCT w AS t
MATCH (r:Record)-[:DETAILS]->(t)
WHERE r.kind IN $kinds
  AND r.known_at <= $as_of AND r.ended_at > $as_of AND r.run_in <= $run
  AND NOT r.run_in IN $open AND (r.run_out > $run OR r.run_out IN $open)
OPTIONAL MATCH (t)<-[ks:CONCERNED_BY*1..1]-(p)
WHERE ks[0].statement = r.statement
  AND ks[0].known_at <= $as_of AND ks[0].ended_at > $as_of AND ks[0].run_in <= $run
  AND NOT ks[0].run_in IN $open AND (ks[0].run_out > $run OR ks[0].run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH t, r, coalesce(ks[0].role, '') AS role, coalesce(p.id, '') AS person
ORDER BY r.kind, t.id, r.statement, role, person
RETURN collect([t.id, r.kind, r.name, r.body, role, person]) AS rows
