// In which cases may an erased person be mentioned, and what was decided?
// Asked by: erasures; decideMention.
// Parameters: erasure = '…'.
MATCH (m:Mention {erasure: $erasure})
WITH m
ORDER BY m.case_id
RETURN collect([m.case_id, m.decided]) AS rows
