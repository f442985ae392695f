-- Notes what somebody chose from an answer, and why.
-- Asked by: chooseExpert.
-- Parameters: id, chosen.
UPDATE decision SET chosen = :chosen WHERE id = :id
