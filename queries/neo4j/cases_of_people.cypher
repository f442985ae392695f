// On which cases did these people work or comment, and when last?
// Asked by: the review queue.
// Parameters: people = ['…'].
OPTIONAL MATCH (r:ImportRun {state: 'OPEN'})
WITH collect(r.number) AS open
UNWIND $people AS person
MATCH (p:Person {id: person})-[f:WORKED_ON|COMMENTED_ON]->(s:SupportCase)
WHERE f.run_out = 9007199254740991 AND NOT f.run_in IN open
WITH p.id AS person, s.id AS case_id, max(f.known_at) AS last_at
ORDER BY person, case_id
RETURN collect([person, case_id, last_at]) AS rows
