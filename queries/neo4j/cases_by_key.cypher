// Which cases have this number?
// Asked by: a problem given as a bare case number.
// Parameters: key = 'KAN-311' and the pin.
MATCH (c:CaseRecord {key: $key})
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
WITH c
ORDER BY c.id
RETURN collect([c.id, c.key, c.title, c.opened_at]) AS rows
