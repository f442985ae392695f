// Takes back a part of the term counts of an unfinished run; again until nothing is left.
// Asked by: the Writer.
// Parameters: run, limit.
MATCH (t:Term)
WHERE $run IN t.runs
WITH t, [i IN range(0, size(t.runs) - 1) WHERE t.runs[i] <> $run] AS kept
LIMIT $limit
SET t.months = [i IN kept | t.months[i]], t.cases = [i IN kept | t.cases[i]], t.runs = [i IN kept | t.runs[i]]
RETURN count(*) AS touched;

MATCH (m:CorpusMonth)
WHERE m.run = $run
DELETE m
RETURN count(*) AS touched
