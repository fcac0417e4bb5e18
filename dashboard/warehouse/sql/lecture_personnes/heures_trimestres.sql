-- Purpose: hours quarter by quarter, when hours belong to persons (residence, lens).
-- Grain: one row per quarter.
-- Columns: debut (first day of the quarter), effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH p AS (
    SELECT CAST(date_trunc('quarter', mois) AS DATE) AS debut, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM heures WHERE {condition} GROUP BY ALL
)
SELECT debut, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY debut
ORDER BY debut
