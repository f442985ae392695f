// Works out who takes part in what: what live imports switch on, and what people chose themselves.
// Asked by: the end of a run; a choice somebody made.
// Parameters: run, people.
CALL () {
  MATCH (s:Assertion {run_in: $run}) MATCH (a:Account {id: s.subject})-[:IDENTIFIES]->(p:Person) RETURN p
  UNION
  MATCH (s:Assertion {run_out: $run}) MATCH (a:Account {id: s.subject})-[:IDENTIFIES]->(p:Person) RETURN p
  UNION
  UNWIND $people AS person MATCH (p:Person {id: person}) RETURN p
}
WITH DISTINCT p
CALL (p) {
  OPTIONAL MATCH (a:Account)-[:IDENTIFIES]->(p)
  OPTIONAL MATCH (s:Assertion {subject: a.id}) WHERE s.run_out = 9007199254740991
  OPTIONAL MATCH (r:ImportRun {number: s.run_in}) WHERE r.state = 'COMMITTED'
  UNWIND (CASE WHEN r IS NULL THEN [null] ELSE r.purposes + [null] END) AS purpose
  RETURN collect(DISTINCT purpose) AS given, count(CASE WHEN a.run_out = 9007199254740991 THEN 1 END) AS known
}
CALL (p) {
  OPTIONAL MATCH (o:OwnChoice {person: p.id})
  RETURN collect(o) AS own
}
SET p.takes_part = [purpose IN given WHERE NOT any(o IN own WHERE o.purpose = purpose)]
  + [o IN own WHERE o.takes_part = 1 AND known > 0 | o.purpose]
RETURN count(p) AS touched
