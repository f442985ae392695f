-- Notes who was named to whom on which day.
-- Asked by: the audit.
-- Parameters: day, asker, person of each row.
INSERT OR IGNORE INTO look_up (day, asker, person) VALUES (:day, :asker, :person)
