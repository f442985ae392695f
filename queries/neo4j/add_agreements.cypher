// Notes that somebody agrees to a rule set.
// Asked by: rules agree.
// Parameters: rule_set, agreed_by, role, agreed_at of each row.
UNWIND $rows AS row
CREATE (:Agreement {rule_set: row.rule_set, agreed_by: row.agreed_by, role: row.role, agreed_at: row.agreed_at})
RETURN count(*) AS touched
