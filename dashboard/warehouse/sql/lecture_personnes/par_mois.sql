-- Purpose: hours month by month, when hours belong to persons (residence, lens).
-- Grain: one row per month.
-- Columns: mois, effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH p AS (
    SELECT mois AS mois, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM heures
    WHERE {condition}
    GROUP BY ALL
)
SELECT mois, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY mois
ORDER BY mois
