// What are these accounts called, and what were they called before this run?
// Asked by: an import, for names that cannot be one person's.
// Parameters: accounts = ['…'], run = 3.
UNWIND $accounts AS account
MATCH (f:Profile {account: account})
WHERE f.name <> '' AND f.run_out IN [$run, 9007199254740991]
WITH DISTINCT f.account AS account, f.name AS name
ORDER BY account, name
RETURN collect([account, name]) AS rows
