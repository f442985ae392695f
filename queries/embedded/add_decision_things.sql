-- Notes which people and cases an answer named.
-- Asked by: recommendExperts.
-- Parameters: decision, kind, thing, about of each row.
INSERT OR IGNORE INTO decision_thing (decision, kind, thing, about) VALUES (:decision, :kind, :thing, :about)
