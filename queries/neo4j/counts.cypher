// How many rows of each kind hold?
// Asked by: doctor.
// Parameters: none.
CALL () {
  MATCH (n:Account) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'account' AS name, number
  UNION ALL
  MATCH (n:Assertion) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'assertion' AS name, number
  UNION ALL
  MATCH (n:CaseRecord) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'case_record' AS name, number
  UNION ALL
  MATCH (n:Checkpoint) WITH count(n) AS number RETURN 'checkpoint' AS name, number
  UNION ALL
  MATCH (n:Profile) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'profile' AS name, number
  UNION ALL
  MATCH (n:Resolution) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'resolution' AS name, number
  UNION ALL
  MATCH (n:ImportRun) WITH count(n) AS number RETURN 'run' AS name, number
  UNION ALL
  MATCH ()-[n:LINKED_TO]->() WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'case_link' AS name, number
  UNION ALL
  MATCH ()-[n:COMMENTED_ON]->() WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'comment' AS name, number
  UNION ALL
  MATCH ()-[n:WORKED_ON]->() WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'participation' AS name, number
  UNION ALL
  MATCH ()-[n:CLAIMS]->() WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'skill_claim' AS name, number
  UNION ALL
  MATCH (n:SkillRecord) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'skill_record' AS name, number
  UNION ALL
  MATCH ()-[n:ATTENDED]->() WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'attendance' AS name, number
  UNION ALL
  MATCH (n:Record) WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'record' AS name, number
  UNION ALL
  MATCH ()-[n:CONCERNED_BY]->() WHERE n.run_out = 9007199254740991 WITH count(n) AS number RETURN 'concern' AS name, number
}
WITH name, number
ORDER BY name
RETURN collect([name, number]) AS rows
