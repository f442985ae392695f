-- About which subjects does a run still assert something? Some of them; again until nothing is left.
-- Asked by: undo, which withdraws what it was told.
-- Parameters: run = 3, limit = 500.
SELECT DISTINCT subject
FROM assertion
WHERE run_in = :run AND run_out = 9007199254740991
LIMIT :limit
