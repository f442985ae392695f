-- For which purposes has this person hidden which claims?
-- Asked by: the person's own page.
-- Parameters: person = '…'.
SELECT h.skill, h.claimed_by, h.purpose
FROM hidden_claim h
WHERE h.person = :person
ORDER BY h.skill, h.claimed_by, h.purpose
