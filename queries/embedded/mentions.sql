-- In which cases may an erased person be mentioned, and what was decided?
-- Asked by: erasures; decideMention.
-- Parameters: erasure = '…'.
SELECT m.case_id, m.decided
FROM mention m
WHERE m.erasure = :erasure
ORDER BY m.case_id
