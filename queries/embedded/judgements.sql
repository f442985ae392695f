-- What was decided about which pairs?
-- Asked by: settling who is who.
-- Parameters: kind = 'PERSON'.
SELECT one, other, verdict, decided_by, decided_at
FROM judgement
WHERE kind = :kind
ORDER BY one, other
