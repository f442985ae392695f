// How many rows have no key?
// Asked by: doctor.
// Parameters: none.
CALL () {
  MATCH (n:Account) WHERE n.id IS NULL OR n.id = '' WITH count(n) AS number RETURN 'account' AS name, number
  UNION ALL
  MATCH (n:CaseRecord) WHERE n.id IS NULL OR n.id = '' WITH count(n) AS number RETURN 'case_record' AS name, number
  UNION ALL
  MATCH (n:Profile) WHERE n.person IS NULL OR n.person = '' WITH count(n) AS number RETURN 'profile' AS name, number
  UNION ALL
  MATCH (n:Resolution) WHERE n.case_id IS NULL OR n.case_id = '' WITH count(n) AS number RETURN 'resolution' AS name, number
  UNION ALL
  MATCH ()-[n:COMMENTED_ON]->() WHERE n.case_id IS NULL OR n.case_id = '' WITH count(n) AS number RETURN 'comment' AS name, number
  UNION ALL
  MATCH ()-[n:WORKED_ON]->() WHERE n.case_id IS NULL OR n.case_id = '' WITH count(n) AS number RETURN 'participation' AS name, number
  UNION ALL
  MATCH ()-[n:CLAIMS]->() WHERE n.person IS NULL OR n.person = '' WITH count(n) AS number RETURN 'skill_claim' AS name, number
  UNION ALL
  MATCH (n:SkillRecord) WHERE n.skill IS NULL OR n.skill = '' WITH count(n) AS number RETURN 'skill_record' AS name, number
  UNION ALL
  MATCH ()-[n:ATTENDED]->() WHERE n.person IS NULL OR n.person = '' WITH count(n) AS number RETURN 'attendance' AS name, number
  UNION ALL
  MATCH (n:Record) WHERE n.id IS NULL OR n.id = '' WITH count(n) AS number RETURN 'record' AS name, number
  UNION ALL
  MATCH ()-[n:CONCERNED_BY]->() WHERE n.person IS NULL OR n.person = '' WITH count(n) AS number RETURN 'concern' AS name, number
}
WITH name, number
ORDER BY name
RETURN collect([name, number]) AS rows
