// What is the highest run number, and who takes part in a purpose?
// Asked by: the start of a View.
// Parameters: purpose = 'CASE_HELP'.
OPTIONAL MATCH (r:ImportRun)
WITH coalesce(max(r.number), 0) AS number
OPTIONAL MATCH (m:Meta {name: 'crowd.' + $purpose})
RETURN collect([number, coalesce(m.value, 'all')]) AS rows
