-- Gives what a person chose about themselves also to the person their account now means; what was refused wins. Where accounts part, only refusals go with them; what was deleted is hidden only.
-- Asked by: settling who is who.
-- Parameters: was, person, joined, purposes of each row.
INSERT INTO own_choice (person, purpose, takes_part, decided_at)
SELECT :person, o.purpose, o.takes_part, o.decided_at FROM own_choice o
WHERE o.person = :was AND :was <> :person AND (o.takes_part = 0 OR :joined = 1)
ON CONFLICT (person, purpose) DO UPDATE SET takes_part = MIN(takes_part, excluded.takes_part),
  decided_at = MAX(decided_at, excluded.decided_at);

INSERT OR IGNORE INTO hidden_claim (person, skill, claimed_by, purpose, decided_at)
SELECT :person, h.skill, h.claimed_by, p.value, h.decided_at FROM hidden_claim h, json_each(:purposes) p
WHERE h.person = :was AND :was <> :person AND h.purpose IN (p.value, '*')
