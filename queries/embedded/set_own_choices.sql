-- Notes what a person chose about taking part.
-- Asked by: setVisibility.
-- Parameters: person, purpose, takes_part, decided_at of each row.
INSERT OR REPLACE INTO own_choice (person, purpose, takes_part, decided_at)
VALUES (:person, :purpose, :takes_part, :decided_at)
