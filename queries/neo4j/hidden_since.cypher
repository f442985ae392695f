// When was the last claim hidden or deleted since a moment?
// Asked by: replay.
// Parameters: since = 1777593600000.
MATCH (:Person)-[h:HIDES]->(:Skill)
WHERE h.decided_at > $since
WITH max(h.decided_at) AS at, count(*) AS number
WHERE number > 0
RETURN collect(['hidden', at]) AS rows
