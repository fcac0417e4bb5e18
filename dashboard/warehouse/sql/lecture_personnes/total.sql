-- Purpose: persons with at least one hour in a period, all and by sex.
-- Grain: one row for all ('tous') and one per sexe.
-- Columns: sexe, effectif (true count of distinct persons), cle, heures.
-- Crosses: sexe.
WITH p AS (
    SELECT personne_no, any_value(sexe) AS sexe, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition}
    GROUP BY personne_no
)
SELECT coalesce(CAST(sexe AS VARCHAR), 'tous') AS sexe, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
GROUP BY GROUPING SETS ((), (sexe))
