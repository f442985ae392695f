// In which answers was this person named, newest first?
// Asked by: the person's own page.
// Parameters: thing = '…', before = 9007199254740991, limit = 20.
MATCH (t:DecisionThing {thing: $thing})
WHERE t.kind = 'person'
MATCH (d:Decision {id: t.decision})
WHERE d.at < $before
WITH d, t
ORDER BY d.at DESC, d.id DESC
LIMIT $limit
RETURN collect([d.id, d.at, d.role, d.purpose, t.about]) AS rows
