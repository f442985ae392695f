// Who has chosen by themselves to take part in a purpose?
// Asked by: proposals to reconnect.
// Parameters: purpose = 'NETWORK_ANALYSIS'.
MATCH (o:OwnChoice {purpose: $purpose})
WHERE o.takes_part = 1
WITH o
ORDER BY o.person
RETURN collect([o.person]) AS rows
