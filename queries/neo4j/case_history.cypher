// What is every case, with its words?
// Asked by: the history in memory, for asking thousands of past questions.
// Parameters: the pin.
MATCH (c:CaseRecord)
WHERE c.known_at <= $as_of AND c.ended_at > $as_of AND c.run_in <= $run
  AND NOT c.run_in IN $open AND (c.run_out > $run OR c.run_out IN $open)
  AND NOT c.id IN $without
WITH c
ORDER BY c.id
RETURN collect([c.id, c.key, c.product, c.components, c.language, c.opened_at, c.terms, c.length, c.packed]) AS rows
