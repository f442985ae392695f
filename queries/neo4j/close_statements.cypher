// Closes the open facts of statements that no longer hold (dated = 1), or only their undated facts (dated = 0).
// Asked by: the Writer.
// Parameters: statements, run, dated.
UNWIND $statements AS statement
MATCH (f:Account {statement: statement})
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH (f:Profile {statement: statement})
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH (f:CaseRecord {statement: statement})
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH (f:Resolution {statement: statement})
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH ()-[f:WORKED_ON {statement: statement}]->()
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH ()-[f:COMMENTED_ON {statement: statement}]->()
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH ()-[f:LINKED_TO {statement: statement}]->()
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH ()-[f:CLAIMS {statement: statement}]->()
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH (f:SkillRecord {statement: statement})
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH ()-[f:ATTENDED {statement: statement}]->()
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH (f:Record {statement: statement})
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched;

UNWIND $statements AS statement
MATCH ()-[f:CONCERNED_BY {statement: statement}]->()
WHERE f.run_out = 9007199254740991 AND f.dated <= $dated
SET f.run_out = $run
RETURN count(*) AS touched
