// Drops counts of terms that no case has any more.
// Asked by: decideMention.
// Parameters: cases = 0.
MATCH (t:Term)
WHERE all(month IN t.months WHERE
  reduce(sum = 0, place IN range(0, size(t.months) - 1) | sum + CASE WHEN t.months[place] = month THEN t.cases[place] ELSE 0 END) = $cases)
DELETE t
RETURN count(*) AS touched
