// Opens a part of what an unfinished run closed again; again until nothing is left.
// Asked by: the Writer.
// Parameters: run, limit.
MATCH (f:Assertion)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH (f:Account)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH (f:Profile)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH (f:CaseRecord)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH (f:Resolution)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH ()-[f:WORKED_ON]->()
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH ()-[f:COMMENTED_ON]->()
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH ()-[f:LINKED_TO]->()
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH ()-[f:CLAIMS]->()
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH (f:SkillRecord)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH ()-[f:ATTENDED]->()
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH (f:Record)
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched;

MATCH ()-[f:CONCERNED_BY]->()
WHERE f.run_out = $run
WITH f
LIMIT $limit
SET f.run_out = 9007199254740991
RETURN count(*) AS touched
