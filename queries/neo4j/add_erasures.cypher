// Notes that somebody was erased, and not who.
// Asked by: erasePerson.
// Parameters: id, started_at, purged_at, sought of each row.
UNWIND $rows AS row
CREATE (e:Erasure {id: row.id, started_at: row.started_at, purged_at: row.purged_at, sought: row.sought})
RETURN count(*) AS touched
