// Notes cases whose texts may mention somebody who was erased.
// Asked by: erasePerson.
// Parameters: erasure, case_id, decided of each row.
UNWIND $rows AS row
CREATE (m:Mention {erasure: row.erasure, case_id: row.case_id, decided: row.decided})
RETURN count(*) AS touched
