-- Which versions is the store of?
-- Asked by: opening a store; doctor.
-- Parameters: none.
SELECT name, value
FROM meta
ORDER BY name
