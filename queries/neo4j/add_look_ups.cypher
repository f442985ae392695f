// Notes who was named to whom on which day.
// Asked by: the audit.
// Parameters: day, asker, person of each row.
UNWIND $rows AS row
MERGE (l:LookUp {day: row.day, asker: row.asker, person: row.person})
RETURN count(*) AS touched
