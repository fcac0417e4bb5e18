-- Purpose: the map by residence: hours and persons by territory where the beneficiaries live.
-- Grain: one row per territory of one level.
-- Columns: code, effectif (true count of persons), heures.
SELECT {territoire} AS code, count(DISTINCT personne_no) AS effectif, sum(heures) AS heures
FROM presence
WHERE {condition} AND {territoire} IS NOT NULL
GROUP BY code
ORDER BY heures DESC, code
