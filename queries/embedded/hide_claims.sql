-- Hides claims for a purpose; * = for good.
-- Asked by: setVisibility; hideSkill.
-- Parameters: person, skill, claimed_by, purpose, decided_at of each row.
INSERT OR REPLACE INTO hidden_claim (person, skill, claimed_by, purpose, decided_at)
VALUES (:person, :skill, :claimed_by, :purpose, :decided_at)
