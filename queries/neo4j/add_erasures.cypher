// Notes that somebody was erased, and not who.
// Asked by: erasePerson.
// Parameters: id, started_at, purged_at of each row.
UNWIND $rows AS row
CREATE (e:Erasure {id: row.id, started_at: row.started_at, purged_at: row.purged_at})
RETURN count(*) AS touched
