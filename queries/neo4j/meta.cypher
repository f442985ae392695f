// Which versions is the store of?
// Asked by: opening a store; doctor.
// Parameters: none.
MATCH (m:Meta)
WITH m
ORDER BY m.name
RETURN collect([m.name, m.value]) AS rows
