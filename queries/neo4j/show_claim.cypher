// Shows a claim again for all purposes; what was deleted for good stays so.
// Asked by: setVisibility.
// Parameters: person, skill, claimed_by.
MATCH (:Person {id: $person})-[h:HIDES {claimed_by: $claimed_by}]->(:Skill {id: $skill})
WHERE h.purpose <> '*'
DELETE h
RETURN count(*) AS touched
