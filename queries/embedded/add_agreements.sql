-- Notes that somebody agrees to a rule set.
-- Asked by: rules agree.
-- Parameters: rule_set, agreed_by, role, agreed_at of each row.
INSERT INTO agreement (rule_set, agreed_by, role, agreed_at)
VALUES (:rule_set, :agreed_by, :role, :agreed_at)
