-- What are these accounts called, and what were they called before this run?
-- Asked by: an import, for names that cannot be one person's.
-- Parameters: accounts = ['…'], run = 3.
SELECT DISTINCT f.account, f.name
FROM profile f
WHERE f.account IN (SELECT value FROM json_each(:accounts)) AND f.name <> '' AND f.run_out IN (:run, 9007199254740991)
ORDER BY f.account, f.name
