// Who commented on these cases, first when and how often?
// Asked by: commented on similar; the case page.
// Parameters: cases = ['…'] and the pin.
UNWIND $cases AS id
MATCH (s:SupportCase {id: id})
MATCH (p:Person)-[w:COMMENTED_ON]->(s)
WHERE w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
  AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
WITH s.id AS case_id, p.id AS person, min(w.known_at) AS first_at, count(w) AS comments
ORDER BY case_id, person
RETURN collect([case_id, person, first_at, comments]) AS rows
