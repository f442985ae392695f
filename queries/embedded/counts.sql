-- How many rows of each kind hold?
-- Asked by: doctor.
-- Parameters: none.
SELECT 'account' AS name, COUNT(*) AS rows FROM account WHERE run_out = 9007199254740991
UNION ALL SELECT 'assertion' AS name, COUNT(*) AS rows FROM assertion WHERE run_out = 9007199254740991
UNION ALL SELECT 'case_link' AS name, COUNT(*) AS rows FROM case_link WHERE run_out = 9007199254740991
UNION ALL SELECT 'case_record' AS name, COUNT(*) AS rows FROM case_record WHERE run_out = 9007199254740991
UNION ALL SELECT 'comment' AS name, COUNT(*) AS rows FROM comment WHERE run_out = 9007199254740991
UNION ALL SELECT 'participation' AS name, COUNT(*) AS rows FROM participation WHERE run_out = 9007199254740991
UNION ALL SELECT 'profile' AS name, COUNT(*) AS rows FROM profile WHERE run_out = 9007199254740991
UNION ALL SELECT 'resolution' AS name, COUNT(*) AS rows FROM resolution WHERE run_out = 9007199254740991
UNION ALL SELECT 'run' AS name, COUNT(*) AS rows FROM run
UNION ALL SELECT 'skill_claim' AS name, COUNT(*) AS rows FROM skill_claim WHERE run_out = 9007199254740991
UNION ALL SELECT 'skill_record' AS name, COUNT(*) AS rows FROM skill_record WHERE run_out = 9007199254740991
UNION ALL SELECT 'attendance' AS name, COUNT(*) AS rows FROM attendance WHERE run_out = 9007199254740991
UNION ALL SELECT 'record' AS name, COUNT(*) AS rows FROM record WHERE run_out = 9007199254740991
UNION ALL SELECT 'concern' AS name, COUNT(*) AS rows FROM concern WHERE run_out = 9007199254740991
UNION ALL SELECT 'checkpoint' AS name, COUNT(*) AS rows FROM checkpoint
ORDER BY name
