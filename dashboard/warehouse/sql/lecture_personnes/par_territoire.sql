-- Purpose: hours and persons by territory of one level, when hours belong to persons (residence, lens).
-- Grain: one row per territory.
-- Columns: code, effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH p AS (
    SELECT {territoire} AS code, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition} AND {territoire} IS NOT NULL
    GROUP BY ALL
)
SELECT code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY code
ORDER BY code
