-- Which person does an account mean now that stood for this one when it was alone?
-- Asked by: signing in.
-- Parameters: origin = '…'.
SELECT person FROM account WHERE origin = :origin AND origin <> person AND run_out = 9007199254740991
UNION SELECT person FROM account WHERE person = :origin AND origin = :origin AND run_out = 9007199254740991
ORDER BY person
