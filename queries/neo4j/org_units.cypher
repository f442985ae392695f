// Which units does the house list, and what is said of them?
// Asked by: the groups of an analysis.
// Parameters: the pin.
MATCH (r:Record)-[:DETAILS]->(t:Thing)
WHERE r.kind = 'ORG_UNIT'
  AND r.known_at <= $as_of AND r.ended_at > $as_of AND r.run_in <= $run
  AND NOT r.run_in IN $open AND (r.run_out > $run OR r.run_out IN $open)
WITH t, r
ORDER BY t.id, r.statement
RETURN collect([t.id, r.name, r.body]) AS rows
