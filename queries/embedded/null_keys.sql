-- How many rows have no key?
-- Asked by: doctor.
-- Parameters: none.
SELECT 'account' AS name, COUNT(*) AS rows FROM account WHERE id IS NULL OR id = ''
UNION ALL SELECT 'case_record' AS name, COUNT(*) AS rows FROM case_record WHERE id IS NULL OR id = ''
UNION ALL SELECT 'comment' AS name, COUNT(*) AS rows FROM comment WHERE case_id IS NULL OR case_id = ''
UNION ALL SELECT 'participation' AS name, COUNT(*) AS rows FROM participation WHERE case_id IS NULL OR case_id = ''
UNION ALL SELECT 'profile' AS name, COUNT(*) AS rows FROM profile WHERE person IS NULL OR person = ''
UNION ALL SELECT 'resolution' AS name, COUNT(*) AS rows FROM resolution WHERE case_id IS NULL OR case_id = ''
UNION ALL SELECT 'skill_claim' AS name, COUNT(*) AS rows FROM skill_claim WHERE person IS NULL OR person = ''
UNION ALL SELECT 'skill_record' AS name, COUNT(*) AS rows FROM skill_record WHERE skill IS NULL OR skill = ''
UNION ALL SELECT 'attendance' AS name, COUNT(*) AS rows FROM attendance WHERE person IS NULL OR person = ''
UNION ALL SELECT 'record' AS name, COUNT(*) AS rows FROM record WHERE id IS NULL OR id = ''
UNION ALL SELECT 'concern' AS name, COUNT(*) AS rows FROM concern WHERE person IS NULL OR person = ''
ORDER BY name
