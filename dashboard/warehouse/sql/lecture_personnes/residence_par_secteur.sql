-- Purpose: hours by sector of the persons living in the selection.
-- Grain: one row per sector.
-- Columns: code, effectif (true count of persons), heures.
SELECT CAST(secteur AS VARCHAR) AS code, count(DISTINCT personne_no) AS effectif, sum(heures) AS heures
FROM presence
WHERE {condition} AND secteur IS NOT NULL
GROUP BY code
ORDER BY heures DESC, code
