// Who does not take part in a purpose?
// Asked by: the end of a run; a choice somebody made.
// Parameters: purpose = 'CASE_HELP'.
MATCH (a:Account)-[:IDENTIFIES]->(p:Person)
WHERE a.run_out = 9007199254740991 AND NOT $purpose IN coalesce(p.takes_part, [])
WITH DISTINCT p.id AS person
ORDER BY person
RETURN collect([person]) AS rows
