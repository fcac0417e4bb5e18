-- Purpose: contracts by sector.
-- Grain: one row per sector with contracts.
-- Columns: code, marches, avec_clause.
SELECT CAST(secteur AS VARCHAR) AS code, count(*) AS marches, count(*) FILTER (sociale) AS avec_clause
FROM marche
WHERE {condition} AND secteur IS NOT NULL
GROUP BY code
ORDER BY marches DESC, code
