// Asks again about masked cases whose text an import has brought anew: the name may stand in it.
// Asked by: the end of a run.
// Parameters: run, decided = 'MASKED'.
MATCH (m:Mention {decided: $decided})
WHERE EXISTS { MATCH (c:CaseRecord {id: m.case_id}) WHERE c.run_in = $run }
SET m.decided = ''
RETURN count(*) AS touched
