-- Takes back a part of the term counts of an unfinished run; again until nothing is left.
-- Asked by: the Writer.
-- Parameters: run, limit.
DELETE FROM term_month
WHERE (term, month) IN (SELECT term, month FROM term_month WHERE run = :run LIMIT :limit) AND run = :run;

DELETE FROM corpus_month WHERE run = :run
