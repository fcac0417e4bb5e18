-- Purpose: persons with at least one hour, year by year, all and women.
-- Grain: one row per year × sexe ('tous' for everybody).
-- Columns: annee, sexe, effectif (true count), heures.
SELECT annee, coalesce(CAST(sexe AS VARCHAR), 'tous') AS sexe, count(DISTINCT personne_no) AS effectif,
       sum(heures) AS heures
FROM heures
WHERE {condition}
GROUP BY GROUPING SETS ((annee), (annee, sexe))
ORDER BY annee, sexe
