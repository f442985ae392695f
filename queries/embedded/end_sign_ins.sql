-- Refuses sign-ins of a subject that were issued before a moment.
-- Asked by: keys revoke.
-- Parameters: subject, ended_at of each row.
INSERT OR REPLACE INTO sign_in_end (subject, ended_at) VALUES (:subject, :ended_at)
