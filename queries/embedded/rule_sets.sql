-- Which rule sets are there, in the order they were made?
-- Asked by: rules list.
-- Parameters: none.
SELECT name, created_at, payload FROM rule_set ORDER BY created_at, name
