// When was the first and the last event since a moment?
// Asked by: the statistics object.
// Parameters: since = 1777593600000 and the pin.
CALL () {
  MATCH ()-[w:WORKED_ON]->()
  WHERE w.role = 'RESOLVER' AND w.known_at >= $since
    AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
    AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  RETURN w.known_at AS at
  UNION ALL
  MATCH ()-[w:COMMENTED_ON]->()
  WHERE w.known_at >= $since
    AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
    AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  RETURN w.known_at AS at
  UNION ALL
  MATCH (f:Resolution)
  WHERE f.known_at >= $since
    AND f.known_at <= $as_of AND f.ended_at > $as_of AND f.run_in <= $run
    AND NOT f.run_in IN $open AND (f.run_out > $run OR f.run_out IN $open)
  RETURN f.known_at AS at
}
WITH min(at) AS first, max(at) AS last
RETURN collect([first, last]) AS rows
