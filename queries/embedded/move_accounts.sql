-- Gives the facts of accounts to the person they now identify.
-- Asked by: settling who is who.
-- Parameters: account, was, person of each row.
UPDATE account SET person = :person WHERE id = :account AND person = :was;

UPDATE profile SET person = :person WHERE account = :account AND person = :was;

UPDATE participation SET person = :person WHERE account = :account AND person = :was;

UPDATE comment SET person = :person WHERE account = :account AND person = :was;

UPDATE skill_claim SET person = :person WHERE account = :account AND person = :was;

UPDATE attendance SET person = :person WHERE account = :account AND person = :was;

UPDATE concern SET person = :person WHERE account = :account AND person = :was
