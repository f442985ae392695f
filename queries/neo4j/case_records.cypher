// What was known of these cases when they were opened?
// Asked by: a problem given as a case; the case page.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (c:CaseRecord {id: id})
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
WITH c
ORDER BY c.id
RETURN collect([c.id, c.source, c.key, c.title, c.text, c.environment, c.product, c.components, c.labels, c.versions, c.opened_at, c.language]) AS rows
