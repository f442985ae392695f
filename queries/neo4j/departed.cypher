// Which of these people had left the house, the day after their last, and have not joined it again? Also who had been in a source whose complete lists no longer have them; who has a number there by now has not left with the login they were listed by before, and who is only named by a list of something else is in none.
// Asked by: every answer.
// Parameters: people = ['…'] and the pin.
UNWIND $people AS person
MATCH (p:Person {id: person})
MATCH (a:Account)-[:IDENTIFIES]->(p)
WHERE a.known_at <= $as_of AND a.ended_at > $as_of AND a.run_in <= $run
  AND NOT a.run_in IN $open AND (a.run_out > $run OR a.run_out IN $open)
  AND ($purpose = '*' OR p.id = $viewer OR $purpose IN p.takes_part)
MATCH (p)<-[:NAMES*1..1]-(f)
WHERE f.account = a.id AND f.listed = 1 AND f.known_at <= $as_of AND f.run_in <= $run
  AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
WITH p, a.source AS source, max(f.ended_at) AS ended_at,
  max(CASE WHEN f.ended_at > $as_of THEN f.left_at END) AS left_at, max(CASE WHEN f.ended_at > $as_of THEN f.joined_at END) AS joined_at
WITH p, max(left_at) AS left_at, max(joined_at) AS joined_at, min(ended_at) AS ended_at,
  min(CASE WHEN source IN ['login', 'mail'] THEN 9007199254740991 ELSE ended_at END) AS ended_elsewhere,
  coalesce(max(CASE source WHEN 'personnel' THEN ended_at END), 0) AS numbered_until
WHERE ended_elsewhere <= $as_of OR (ended_at <= $as_of AND numbered_until <= $as_of) OR (left_at <= $as_of - 86400000 AND (joined_at IS NULL OR joined_at <= left_at))
WITH p
ORDER BY p.id
RETURN collect([p.id]) AS rows
