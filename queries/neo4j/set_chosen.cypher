// Notes what somebody chose from an answer, and why.
// Asked by: chooseExpert.
// Parameters: id, chosen.
MATCH (d:Decision {id: $id})
SET d.chosen = $chosen
RETURN count(*) AS touched
