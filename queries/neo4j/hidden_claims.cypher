// For which purposes has this person hidden which claims?
// Asked by: the person's own page.
// Parameters: person = '…'.
MATCH (:Person {id: $person})-[h:HIDES]->(b:Skill)
WITH b.id AS skill, h.claimed_by AS claimed_by, h.purpose AS purpose
ORDER BY skill, claimed_by, purpose
RETURN collect([skill, claimed_by, purpose]) AS rows
