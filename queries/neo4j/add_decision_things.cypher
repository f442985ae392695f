// Notes which people and cases an answer named.
// Asked by: recommendExperts.
// Parameters: decision, kind, thing, about of each row.
UNWIND $rows AS row
CREATE (t:DecisionThing)
SET t = row
RETURN count(*) AS touched
