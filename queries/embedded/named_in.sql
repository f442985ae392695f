-- In which answers was this person named, newest first?
-- Asked by: the person's own page.
-- Parameters: thing = '…', before = 9007199254740991, limit = 20.
SELECT d.id, d.at, d.role, d.purpose, t.about
FROM decision_thing t
JOIN decision d ON d.id = t.decision
WHERE t.kind = 'person' AND t.thing = :thing AND d.at < :before
ORDER BY d.at DESC, d.id DESC
LIMIT :limit
