// What made these answers?
// Asked by: replay; chooseExpert.
// Parameters: ids = ['…'].
UNWIND $ids AS id
MATCH (d:Decision {id: id})
WITH d
ORDER BY d.id
RETURN collect([d.id, d.at, d.asker, d.role, d.purpose, d.payload, d.chosen]) AS rows
