-- Takes back a part of what an unfinished run added; again until nothing is left.
-- Asked by: the Writer.
-- Parameters: run, limit.
DELETE FROM assertion
WHERE rowid IN (SELECT rowid FROM assertion WHERE run_in = :run LIMIT :limit);

DELETE FROM account
WHERE rowid IN (SELECT rowid FROM account WHERE run_in = :run LIMIT :limit);

DELETE FROM profile
WHERE rowid IN (SELECT rowid FROM profile WHERE run_in = :run LIMIT :limit);

DELETE FROM case_record
WHERE rowid IN (SELECT rowid FROM case_record WHERE run_in = :run LIMIT :limit);

DELETE FROM resolution
WHERE rowid IN (SELECT rowid FROM resolution WHERE run_in = :run LIMIT :limit);

DELETE FROM participation
WHERE rowid IN (SELECT rowid FROM participation WHERE run_in = :run LIMIT :limit);

DELETE FROM comment
WHERE rowid IN (SELECT rowid FROM comment WHERE run_in = :run LIMIT :limit);

DELETE FROM case_link
WHERE rowid IN (SELECT rowid FROM case_link WHERE run_in = :run LIMIT :limit);

DELETE FROM skill_claim
WHERE rowid IN (SELECT rowid FROM skill_claim WHERE run_in = :run LIMIT :limit);

DELETE FROM skill_record
WHERE rowid IN (SELECT rowid FROM skill_record WHERE run_in = :run LIMIT :limit);

DELETE FROM attendance
WHERE rowid IN (SELECT rowid FROM attendance WHERE run_in = :run LIMIT :limit);

DELETE FROM record
WHERE rowid IN (SELECT rowid FROM record WHERE run_in = :run LIMIT :limit);

DELETE FROM concern
WHERE rowid IN (SELECT rowid FROM concern WHERE run_in = :run LIMIT :limit)
