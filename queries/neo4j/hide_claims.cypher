// Hides claims for a purpose; * = for good.
// Asked by: setVisibility; hideSkill.
// Parameters: person, skill, claimed_by, purpose, decided_at of each row.
UNWIND $rows AS row
MERGE (p:Person {id: row.person})
MERGE (b:Skill {id: row.skill})
MERGE (p)-[h:HIDES {claimed_by: row.claimed_by, purpose: row.purpose}]->(b)
SET h.decided_at = row.decided_at
RETURN count(*) AS touched
