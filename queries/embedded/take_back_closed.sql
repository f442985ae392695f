-- Opens a part of what an unfinished run closed again; again until nothing is left.
-- Asked by: the Writer.
-- Parameters: run, limit.
UPDATE assertion SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM assertion WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE account SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM account WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE profile SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM profile WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE case_record SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM case_record WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE resolution SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM resolution WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE participation SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM participation WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE comment SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM comment WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE case_link SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM case_link WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE skill_claim SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM skill_claim WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE skill_record SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM skill_record WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE attendance SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM attendance WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE record SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM record WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit);

UPDATE concern SET run_out = 9007199254740991
WHERE rowid IN (SELECT rowid FROM concern WHERE run_out = :run AND run_out < 9007199254740991 LIMIT :limit)
