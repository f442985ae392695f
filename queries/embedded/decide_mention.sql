-- Notes what was decided about a mention.
-- Asked by: decideMention.
-- Parameters: erasure, case_id, decided.
UPDATE mention SET decided = :decided WHERE erasure = :erasure AND case_id = :case_id
