-- For what was this person named, newest first? One asker's looking at the same on a day is one question.
-- Asked by: the person's own page.
-- Parameters: thing = '…', limit = 20.
SELECT MAX(d.at) AS at, d.asker, d.role, t.about
FROM decision_thing t
JOIN decision d ON d.id = t.decision
WHERE t.kind = 'person' AND t.thing = :thing
GROUP BY d.asker, d.role, t.about, d.at / 86400000
ORDER BY MAX(d.at) DESC, d.asker, d.role, t.about
LIMIT :limit
