// Notes what was decided about two things; a later decision replaces an earlier one.
// Asked by: decideIdentity; the review of skills.
// Parameters: kind, one, other, verdict, decided_by, decided_at of each row.
UNWIND $rows AS row
MERGE (j:Judgement {kind: row.kind, one: row.one, other: row.other})
SET j = row
RETURN count(*) AS touched
