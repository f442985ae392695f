// Which person does each of these accounts mean now?
// Asked by: the Writer.
// Parameters: accounts = ['…'].
UNWIND $accounts AS account
MATCH (a:Account {id: account})
WITH DISTINCT a.id AS account, a.person AS person
ORDER BY account, person
RETURN collect([account, person]) AS rows
