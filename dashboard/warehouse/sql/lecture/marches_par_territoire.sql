-- Purpose: the map and the ranking when there is no follow-up: contracts by territory of one level.
-- Grain: one row per territory with at least one contract.
-- Columns: code, marches, avec_clause, sociale_connue.
SELECT {territoire} AS code, count(*) AS marches, count(*) FILTER (sociale) AS avec_clause,
       count(*) FILTER (sociale IS NOT NULL) AS sociale_connue
FROM marche
WHERE {condition} AND {territoire} IS NOT NULL
GROUP BY code
ORDER BY marches DESC, code
