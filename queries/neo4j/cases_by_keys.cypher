// Which cases have one of these numbers?
// Asked by: a problem that names a case number.
// Parameters: keys = ['KAN-311'] and the pin.
UNWIND $keys AS key
MATCH (c:CaseRecord {key: key})
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
WITH c
ORDER BY c.id
RETURN collect([c.id, c.key, c.title, c.opened_at]) AS rows
