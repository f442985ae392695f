// To which unit and which site do people belong, the first of several accounts counting?
// Asked by: the groups of an analysis.
// Parameters: the pin.
MATCH (f:Profile)-[:NAMES]->(p:Person)
WHERE (f.unit <> '' OR f.site <> '')
  AND f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH p, f
ORDER BY p.id, f.listed DESC, f.account, f.statement
RETURN collect([p.id, f.unit, f.site]) AS rows
