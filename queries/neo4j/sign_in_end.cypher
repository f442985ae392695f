// Since when are sign-ins of this subject refused?
// Asked by: every request with a sign-in token.
// Parameters: subject = '…'.
MATCH (e:SignInEnd {subject: $subject})
RETURN collect([e.subject, e.ended_at]) AS rows
