// Which of these cases were named in an answer to this asker?
// Asked by: the case page.
// Parameters: asker = '…', things = ['…'].
UNWIND $things AS thing
MATCH (t:DecisionThing {thing: thing})
WHERE t.kind = 'case'
MATCH (d:Decision {id: t.decision})
WHERE d.asker = $asker
WITH DISTINCT t.thing AS thing
ORDER BY thing
RETURN collect([thing]) AS rows
