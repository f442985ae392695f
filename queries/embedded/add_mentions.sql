-- Notes cases whose texts may mention somebody who was erased.
-- Asked by: erasePerson.
-- Parameters: erasure, case_id, decided of each row.
INSERT INTO mention (erasure, case_id, decided) VALUES (:erasure, :case_id, :decided)
