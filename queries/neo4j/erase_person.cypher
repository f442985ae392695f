// Deletes all facts about a person, in every state, and everything derived from anybody; the names they signed with go.
// Asked by: erasePerson.
// Parameters: person, subjects, texts, names, actors, beside = ['CUSTOMER.owner']: things stay without those people.
MATCH (a:Assertion)
WHERE a.subject IN $subjects
DELETE a
RETURN count(*) AS touched;
MATCH (p:Person {id: $person})-[k:COMMENTED_ON|CLAIMS]->()
WITH collect(DISTINCT k.statement) AS told
MATCH (s:Assertion)
WHERE s.statement IN told AND NOT EXISTS { MATCH (c:CaseRecord {statement: s.statement}) }
WITH collect(DISTINCT s.subject) AS subjects
MATCH (a:Assertion)
WHERE a.subject IN subjects
DELETE a
RETURN count(*) AS touched;
MATCH (f:Profile {person: $person})
WITH collect(DISTINCT f.statement) AS told
MATCH (s:Assertion)
WHERE s.statement IN told
WITH collect(DISTINCT s.subject) AS subjects
MATCH (a:Assertion)
WHERE a.subject IN subjects
DELETE a
RETURN count(*) AS touched;
MATCH (p:Person {id: $person})-[k:CONCERNED_BY]->(:Thing)<-[:DETAILS]-(r:Record {statement: k.statement})
WHERE NOT r.kind + '.' + k.role IN $beside
WITH collect(DISTINCT k.statement) AS told
CALL (told) {
  MATCH (s:Assertion) WHERE s.statement IN told
  WITH collect(DISTINCT s.subject) AS subjects
  MATCH (a:Assertion) WHERE a.subject IN subjects DELETE a
}
CALL (told) {
  UNWIND told AS statement
  MATCH (n:Record {statement: statement}) DETACH DELETE n
}
CALL (told) {
  UNWIND told AS statement
  MATCH ()-[k:CONCERNED_BY {statement: statement}]->() DELETE k
}
RETURN size(told) AS touched;
MATCH (j:Judgement)
WHERE j.one IN $subjects OR j.other IN $subjects
DELETE j
RETURN count(*) AS touched;
MATCH (n:Account {person: $person})
DETACH DELETE n
RETURN count(*) AS touched;
MATCH (n:Profile {person: $person})
DETACH DELETE n
RETURN count(*) AS touched;
MATCH (n:Person {id: $person})
DETACH DELETE n
RETURN count(*) AS touched;
MATCH (n:OwnChoice {person: $person})
DELETE n
RETURN count(*) AS touched;
MATCH (n:ApiKey {person: $person})
DELETE n
RETURN count(*) AS touched;
MATCH (n:Checkpoint)
DELETE n
RETURN count(*) AS touched;
MATCH (n:Fault)
WHERE any(text IN $texts WHERE toLower(n.value + ' ' + n.file + ' ' + n.column_name) CONTAINS toLower(text)
  OR any(cell IN n.cells WHERE toLower(cell) CONTAINS toLower(text)))
DELETE n
RETURN count(*) AS touched;
MATCH (r:ImportRun)
WHERE r.actor IN $actors
SET r.actor = ''
RETURN count(*) AS touched;
MATCH (j:Judgement)
WHERE j.decided_by IN $actors
SET j.decided_by = ''
RETURN count(*) AS touched;
MATCH (a:Agreement)
WHERE a.agreed_by IN $names
SET a.agreed_by = 'Person entfernt'
RETURN count(*) AS touched;
MATCH (n:ImportRun)
WHERE any(text IN $texts WHERE toLower(n.mapping) CONTAINS toLower(text))
SET n.mapping = '', n.shape = ''
RETURN count(*) AS touched;
MATCH (n:ImportRun)
WHERE any(text IN $texts WHERE n.file CONTAINS text)
SET n.file = '(entfernt)'
RETURN count(*) AS touched;
MATCH (n:Assertion)
WHERE any(text IN $texts WHERE n.file CONTAINS text)
SET n.file = '(entfernt)'
RETURN count(*) AS touched
