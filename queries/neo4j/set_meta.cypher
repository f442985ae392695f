// Sets versions of the store.
// Asked by: the Writer.
// Parameters: name, value of each row.
UNWIND $rows AS row
MERGE (m:Meta {name: row.name})
SET m.value = row.value
RETURN count(*) AS touched
