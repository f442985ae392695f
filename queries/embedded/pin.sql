-- What is the highest run number, and who takes part in a purpose?
-- Asked by: the start of a View.
-- Parameters: purpose = 'CASE_HELP'.
SELECT COALESCE(MAX(number), 0) AS run, COALESCE((SELECT value FROM meta WHERE name = 'crowd.' || :purpose), 'all') AS crowd
FROM run
