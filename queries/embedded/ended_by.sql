-- What is said to have ended because a complete file no longer had it?
-- Asked by: the undo of that file.
-- Parameters: run = 3.
SELECT DISTINCT subject
FROM assertion
WHERE line < 1 AND line = -:run AND run_out = 9007199254740991
ORDER BY subject
