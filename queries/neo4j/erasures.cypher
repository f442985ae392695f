// Which people were erased, and what is still to do?
// Asked by: erasures; doctor.
// Parameters: none.
MATCH (e:Erasure)
WITH e
ORDER BY e.started_at, e.id
RETURN collect([e.id, e.started_at, e.purged_at]) AS rows
