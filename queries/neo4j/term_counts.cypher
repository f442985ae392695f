// How many cases opened before this month have each term?
// Asked by: the search for similar cases (rarest terms first, BM25).
// Parameters: terms = ['kanban'], month = 1777593600000 and the pin.
UNWIND $terms AS term
MATCH (t:Term {term: term})
WITH t, [i IN range(0, size(t.months) - 1)
  WHERE t.months[i] < $month AND t.runs[i] <= $run AND NOT t.runs[i] IN $open | t.cases[i]] AS parts
WITH t.term AS term, reduce(total = 0, part IN parts | total + part) AS cases
WHERE cases <> 0
WITH term, cases
ORDER BY term
RETURN collect([term, cases]) AS rows
