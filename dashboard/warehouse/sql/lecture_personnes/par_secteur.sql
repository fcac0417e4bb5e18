-- Purpose: hours by sector, when hours belong to persons (residence, lens).
-- Grain: one row per sector.
-- Columns: code, effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH p AS (
    SELECT CAST(secteur AS VARCHAR) AS code, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition} AND secteur IS NOT NULL
    GROUP BY ALL
)
SELECT code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY code
ORDER BY code
