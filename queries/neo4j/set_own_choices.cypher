// Notes what a person chose about taking part.
// Asked by: setVisibility.
// Parameters: person, purpose, takes_part, decided_at of each row.
UNWIND $rows AS row
MERGE (o:OwnChoice {person: row.person, purpose: row.purpose})
SET o = row
RETURN count(*) AS touched
