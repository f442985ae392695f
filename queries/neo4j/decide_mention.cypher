// Notes what was decided about a mention.
// Asked by: decideMention.
// Parameters: erasure, case_id, decided.
MATCH (m:Mention {erasure: $erasure, case_id: $case_id})
SET m.decided = $decided
RETURN count(*) AS touched
