-- What did this person choose about taking part?
-- Asked by: the person's own page.
-- Parameters: person = '…'.
SELECT o.purpose, o.takes_part, o.decided_at
FROM own_choice o
WHERE o.person = :person
ORDER BY o.purpose
