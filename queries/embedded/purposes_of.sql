-- In what does this person take part?
-- Asked by: the person's own page.
-- Parameters: person = '…'.
SELECT t.purpose AS name, 1 AS rows
FROM taking_part t
WHERE t.person = :person
ORDER BY t.purpose
