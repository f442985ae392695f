// Gives people a name of their own in the audit, where they have none.
// Asked by: the audit.
// Parameters: person, pseudonym of each row.
UNWIND $rows AS row
MERGE (k:AuditKey {person: row.person})
ON CREATE SET k.pseudonym = row.pseudonym
RETURN count(*) AS touched
