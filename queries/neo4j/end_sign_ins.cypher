// Refuses sign-ins of a subject that were issued before a moment.
// Asked by: keys revoke.
// Parameters: subject, ended_at of each row.
UNWIND $rows AS row
MERGE (e:SignInEnd {subject: row.subject})
SET e.ended_at = row.ended_at
RETURN count(*) AS touched
