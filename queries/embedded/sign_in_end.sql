-- Since when are sign-ins of this subject refused?
-- Asked by: every request with a sign-in token.
-- Parameters: subject = '…'.
SELECT subject AS name, ended_at AS rows
FROM sign_in_end
WHERE subject = :subject
