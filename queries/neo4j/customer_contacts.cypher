// Which people at customers does the house list, and who are they as people?
// Asked by: who of us knows somebody at a customer.
// Parameters: the pin.
MATCH (r:Record)-[:DETAILS]->(t:Thing)
WHERE r.kind = 'CUSTOMER_CONTACT'
  AND r.known_at <= $as_of AND r.ended_at > $as_of AND r.run_in <= $run
  AND NOT r.run_in IN $open AND (r.run_out > $run OR r.run_out IN $open)
OPTIONAL MATCH (t)<-[ks:CONCERNED_BY*1..1]-(p)
WHERE ks[0].role = 'account'
  AND ks[0].known_at <= $as_of AND ks[0].ended_at > $as_of AND ks[0].run_in <= $run
  AND NOT ks[0].run_in IN $open AND (ks[0].run_out > $run OR ks[0].run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH t, r, p
ORDER BY t.id, r.statement, p.id
RETURN collect([t.id, r.name, r.body, coalesce(p.id, '')]) AS rows
