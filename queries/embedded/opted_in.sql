-- Who has chosen by themselves to take part in a purpose?
-- Asked by: proposals to reconnect.
-- Parameters: purpose = 'NETWORK_ANALYSIS'.
SELECT o.person
FROM own_choice o
WHERE o.purpose = :purpose AND o.takes_part = 1
ORDER BY o.person
