-- Closes the open facts of statements that no longer hold (dated = 1), or only their undated facts (dated = 0).
-- Asked by: the Writer.
-- Parameters: statements, run, dated.
UPDATE account SET run_out = :run
WHERE id IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE profile SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE case_record SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE resolution SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE participation SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE comment SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE case_link SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE skill_claim SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE skill_record SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE attendance SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE record SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated;

UPDATE concern SET run_out = :run
WHERE statement IN (SELECT value FROM json_each(:statements)) AND run_out = 9007199254740991 AND dated <= :dated
