-- Purpose: hours month by month of the persons living in the selection.
-- Grain: one row per month.
-- Columns: mois (first day), effectif (true count of persons), heures.
SELECT mois, count(DISTINCT personne_no) AS effectif, sum(heures) AS heures
FROM heures
WHERE {condition}
GROUP BY mois
ORDER BY mois
