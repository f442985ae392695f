// Since when have figures of a month been shown, and how many people have chosen about a purpose, or were erased, since?
// Asked by: an analysis.
// Parameters: month = 1777593600000, purpose = 'NETWORK_ANALYSIS'.
MATCH (p:Published {month: $month})
WITH p.since AS since, p.noted_at AS noted_at
RETURN collect([since, COUNT { MATCH (o:OwnChoice {purpose: $purpose}) WHERE o.decided_at > noted_at }
  + COUNT { MATCH (e:Erasure) WHERE e.started_at > noted_at }]) AS rows
