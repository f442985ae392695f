// Takes back a part of what an unfinished run added; again until nothing is left.
// Asked by: the Writer.
// Parameters: run, limit.
MATCH (f:Assertion {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH (f:Account {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH (f:Profile {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH (f:CaseRecord {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH (f:Resolution {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH ()-[f:WORKED_ON {run_in: $run}]->()
WITH f
LIMIT $limit
DELETE f
RETURN count(*) AS touched;

MATCH ()-[f:COMMENTED_ON {run_in: $run}]->()
WITH f
LIMIT $limit
DELETE f
RETURN count(*) AS touched;

MATCH ()-[f:LINKED_TO {run_in: $run}]->()
WITH f
LIMIT $limit
DELETE f
RETURN count(*) AS touched;

MATCH ()-[f:CLAIMS {run_in: $run}]->()
WITH f
LIMIT $limit
DELETE f
RETURN count(*) AS touched;

MATCH (f:SkillRecord {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH ()-[f:ATTENDED {run_in: $run}]->()
WITH f
LIMIT $limit
DELETE f
RETURN count(*) AS touched;

MATCH (f:Record {run_in: $run})
WITH f
LIMIT $limit
DETACH DELETE f
RETURN count(*) AS touched;

MATCH ()-[f:CONCERNED_BY {run_in: $run}]->()
WITH f
LIMIT $limit
DELETE f
RETURN count(*) AS touched
