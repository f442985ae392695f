// Gives what a person chose about themselves also to the person their account now means; what was refused wins. Where accounts part, only refusals go with them; what was deleted is hidden only.
// Asked by: settling who is who.
// Parameters: was, person, joined, purposes of each row.
UNWIND $rows AS row
MATCH (o:OwnChoice {person: row.was})
WHERE o.takes_part = 0 OR row.joined = 1
MERGE (n:OwnChoice {person: row.person, purpose: o.purpose})
ON CREATE SET n.takes_part = o.takes_part, n.decided_at = o.decided_at
ON MATCH SET n.takes_part = CASE WHEN o.takes_part < n.takes_part THEN o.takes_part ELSE n.takes_part END,
  n.decided_at = CASE WHEN o.decided_at > n.decided_at THEN o.decided_at ELSE n.decided_at END
RETURN count(*) AS touched;

UNWIND $rows AS row
MATCH (p:Person {id: row.was})-[h:HIDES]->(b:Skill)
MATCH (q:Person {id: row.person})
UNWIND row.purposes AS purpose
WITH q, h, b, purpose
WHERE h.purpose IN [purpose, '*']
MERGE (q)-[n:HIDES {claimed_by: h.claimed_by, purpose: purpose}]->(b)
ON CREATE SET n.decided_at = h.decided_at
RETURN count(*) AS touched
