// Which things of these kinds does the house list, and which people who may be seen have a part in them?
// Asked by: an answer, for what is around the name.
// Parameters: kinds = ['CUSTOMER'] and the pin.
MATCH (r:Record)-[:DETAILS]->(t:Thing)
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
