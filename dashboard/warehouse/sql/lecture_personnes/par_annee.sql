-- Purpose: persons with at least one hour, year by year, all and by sex.
-- Grain: one row per year × sexe ('tous' for everybody).
-- Columns: annee, sexe, effectif (true count), cle, heures. Persons first, then counts: twice faster than a distinct count.
-- Crosses: sexe.
WITH p AS (
    SELECT annee, personne_no, any_value(sexe) AS sexe, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition}
    GROUP BY annee, personne_no
)
SELECT annee, coalesce(CAST(sexe AS VARCHAR), 'tous') AS sexe, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY GROUPING SETS ((annee), (annee, sexe))
ORDER BY annee, sexe
