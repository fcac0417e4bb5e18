-- Purpose: hours by month and territory of one level, when hours belong to persons (residence, lens).
-- Grain: one row per month × territory.
-- Columns: mois, lieu (code), effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH p AS (
    SELECT mois, {territoire} AS lieu, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM heures WHERE {condition} AND {territoire} IS NOT NULL GROUP BY ALL
)
SELECT mois, lieu, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY mois, lieu
ORDER BY mois, lieu
