// Adds skill record facts; one that this run has closed is opened again.
// Asked by: the Writer.
// Parameters: skill, source, key, label_de, label_en, alternatives, description, broader, retired, statement, dated, known_at, ended_at, run_in, run_out of each row.
UNWIND $rows AS row
MERGE (e:Skill {id: row.skill})
MERGE (f:SkillRecord {statement: row.statement, run_in: row.run_in})
SET f = row
MERGE (f)-[:DEFINES]->(e)
RETURN count(*) AS touched
