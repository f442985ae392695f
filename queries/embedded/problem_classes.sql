-- Which classes of problems does the house list, and in which words are they told?
-- Asked by: an answer that names nobody.
-- Parameters: none.
SELECT r.id, r.body
FROM record r
WHERE r.kind = 'PROBLEM_CLASS' AND r.run_out = 9007199254740991 AND r.ended_at = 9007199254740991
  AND r.run_in NOT IN (SELECT number FROM run WHERE state = 'OPEN')
ORDER BY r.id, r.statement
