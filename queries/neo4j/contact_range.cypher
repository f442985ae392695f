// When were two people first and last in contact or in a case since a moment?
// Asked by: the ties.
// Parameters: since = 1777593600000 and the pin.
CALL () {
  MATCH ()-[w:ATTENDED]->()
  WHERE w.at >= $since
    AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
    AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  RETURN w.at AS at
  UNION ALL
  MATCH ()-[w:WORKED_ON]->()
  WHERE w.role IN ['REPORTER', 'CREATOR', 'ASSIGNEE', 'RESOLVER'] AND w.known_at >= $since
    AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
    AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  RETURN w.known_at AS at
  UNION ALL
  MATCH ()-[w:COMMENTED_ON]->()
  WHERE w.known_at >= $since
    AND w.known_at <= $as_of AND w.ended_at > $as_of AND w.run_in <= $run
    AND NOT w.run_in IN $open AND (w.run_out > $run OR w.run_out IN $open)
  RETURN w.known_at AS at
}
WITH min(at) AS first, max(at) AS last
RETURN collect([first, last]) AS rows
