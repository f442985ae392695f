-- Gives people a name of their own in the audit, where they have none.
-- Asked by: the audit.
-- Parameters: person, pseudonym of each row.
INSERT OR IGNORE INTO audit_key (person, pseudonym) VALUES (:person, :pseudonym)
