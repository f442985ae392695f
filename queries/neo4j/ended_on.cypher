// About what was it said, by one of these runs, that it ended on a day?
// Asked by: the undo of a file that was complete as of that day.
// Parameters: runs = [3, 4], at = 1767225600000.
MATCH (a:Assertion)
WHERE a.run_in IN $runs AND a.run_out = 9007199254740991 AND a.line = 0 AND a.stated_at = $at
WITH DISTINCT a.subject AS subject
ORDER BY subject
RETURN collect([subject]) AS rows
