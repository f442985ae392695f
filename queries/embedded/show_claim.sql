-- Shows a claim again for all purposes; what was deleted for good stays so.
-- Asked by: setVisibility.
-- Parameters: person, skill, claimed_by.
DELETE FROM hidden_claim
WHERE person = :person AND skill = :skill AND claimed_by = :claimed_by AND purpose <> '*'
