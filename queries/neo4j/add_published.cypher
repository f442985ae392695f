// Notes since when figures of a month are shown; what was noted first stays.
// Asked by: an analysis.
// Parameters: month, since, noted_at.
MERGE (p:Published {month: $month})
ON CREATE SET p.since = $since, p.noted_at = $noted_at
RETURN count(*) AS touched
