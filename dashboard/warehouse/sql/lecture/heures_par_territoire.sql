-- Purpose: the map and the ranking: hours of the selection by territory of one level.
-- Grain: one row per territory with at least one lot.
-- Columns: code, engagees, realisees (hours), lots, lots_suivis.
SELECT {territoire} AS code, sum(engagees) AS engagees, sum(realisees) AS realisees,
       count(DISTINCT marche_no) AS lots, count(DISTINCT marche_no) FILTER (realisees > 0) AS lots_suivis
FROM activite
WHERE {condition} AND {territoire} IS NOT NULL
GROUP BY code
ORDER BY realisees DESC, code
