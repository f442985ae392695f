-- About what was it said, by one of these runs, that it ended on a day?
-- Asked by: the undo of a file that was complete as of that day.
-- Parameters: runs = [3, 4], at = 1767225600000.
SELECT DISTINCT subject
FROM assertion
WHERE run_in IN (SELECT value FROM json_each(:runs)) AND run_out = 9007199254740991 AND line = 0 AND stated_at = :at
ORDER BY subject
