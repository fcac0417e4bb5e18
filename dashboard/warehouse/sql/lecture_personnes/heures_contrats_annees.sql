-- Purpose: work contracts begun, with hours in the year they begin, year by year.
-- Grain: one row per year.
-- Columns: annee, effectif (contracts; persons where fewer than the threshold hold them, so that the cell is masked), cle, heures (none).
-- Crosses: nothing.
WITH p AS (
    SELECT annee, personne_no, any_value(cle) AS cle, count(*) AS contrats
    FROM presence WHERE debute AND {condition} GROUP BY annee, personne_no
)
SELECT annee, CAST(CASE WHEN count(*) < (SELECT seuil FROM manifeste) THEN count(*) ELSE sum(contrats) END AS BIGINT) AS effectif,
       CAST(sum(cle * contrats) AS BIGINT) AS cle, CAST(NULL AS DOUBLE) AS heures
FROM p
GROUP BY annee
ORDER BY annee
