// Which erasures were there, and what is still looked for?
// Asked by: erasures; doctor.
// Parameters: none.
MATCH (e:Erasure)
WITH e
ORDER BY e.started_at, e.id
RETURN collect([e.id, e.started_at, e.purged_at, e.sought]) AS rows
