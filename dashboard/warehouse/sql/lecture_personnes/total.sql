-- Purpose: persons with at least one hour in a period, all and by sex.
-- Grain: one row for all ('tous') and one per sexe.
-- Columns: sexe, effectif (true count of distinct persons), heures.
SELECT coalesce(CAST(sexe AS VARCHAR), 'tous') AS sexe, count(DISTINCT personne_no) AS effectif, sum(heures) AS heures
FROM heures
WHERE {condition}
GROUP BY GROUPING SETS ((), (sexe))
