// For what was this person named, newest first? One asker's looking at the same on a day is one question.
// Asked by: the person's own page.
// Parameters: thing = '…', limit = 20.
MATCH (t:DecisionThing {thing: $thing})
WHERE t.kind = 'person'
MATCH (d:Decision {id: t.decision})
WITH d.asker AS asker, d.role AS role, t.about AS about, d.at / 86400000 AS day, max(d.at) AS at
ORDER BY at DESC, asker, role, about
LIMIT $limit
RETURN collect([at, asker, role, about]) AS rows
