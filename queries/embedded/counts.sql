-- How many rows of each kind are there?
-- Asked by: doctor.
-- Parameters: none.
SELECT 'account' AS name, COUNT(*) AS rows FROM account
UNION ALL SELECT 'assertion' AS name, COUNT(*) AS rows FROM assertion
UNION ALL SELECT 'case_link' AS name, COUNT(*) AS rows FROM case_link
UNION ALL SELECT 'case_record' AS name, COUNT(*) AS rows FROM case_record
UNION ALL SELECT 'comment' AS name, COUNT(*) AS rows FROM comment
UNION ALL SELECT 'participation' AS name, COUNT(*) AS rows FROM participation
UNION ALL SELECT 'profile' AS name, COUNT(*) AS rows FROM profile
UNION ALL SELECT 'resolution' AS name, COUNT(*) AS rows FROM resolution
UNION ALL SELECT 'run' AS name, COUNT(*) AS rows FROM run
UNION ALL SELECT 'skill_claim' AS name, COUNT(*) AS rows FROM skill_claim
UNION ALL SELECT 'checkpoint' AS name, COUNT(*) AS rows FROM checkpoint
ORDER BY name
