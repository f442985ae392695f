// How many rows of each kind are there?
// Asked by: doctor.
// Parameters: none.
CALL () {
  MATCH (n:Account) WITH count(n) AS number RETURN 'account' AS name, number
  UNION ALL
  MATCH (n:Assertion) WITH count(n) AS number RETURN 'assertion' AS name, number
  UNION ALL
  MATCH (n:CaseRecord) WITH count(n) AS number RETURN 'case_record' AS name, number
  UNION ALL
  MATCH (n:Checkpoint) WITH count(n) AS number RETURN 'checkpoint' AS name, number
  UNION ALL
  MATCH (n:Profile) WITH count(n) AS number RETURN 'profile' AS name, number
  UNION ALL
  MATCH (n:Resolution) WITH count(n) AS number RETURN 'resolution' AS name, number
  UNION ALL
  MATCH (n:ImportRun) WITH count(n) AS number RETURN 'run' AS name, number
  UNION ALL
  MATCH ()-[n:LINKED_TO]->() WITH count(n) AS number RETURN 'case_link' AS name, number
  UNION ALL
  MATCH ()-[n:COMMENTED_ON]->() WITH count(n) AS number RETURN 'comment' AS name, number
  UNION ALL
  MATCH ()-[n:WORKED_ON]->() WITH count(n) AS number RETURN 'participation' AS name, number
  UNION ALL
  MATCH ()-[n:CLAIMS]->() WITH count(n) AS number RETURN 'skill_claim' AS name, number
}
WITH name, number
ORDER BY name
RETURN collect([name, number]) AS rows
