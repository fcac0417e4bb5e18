-- Purpose: distinct persons, and those the indicator counts, by territory of one level.
-- Grain: one row per territory ({groupe}) for everybody (code NULL), and one for those of the indicator (code 'indicateur').
-- Columns: groupe, dimension, code, effectif (true count), cle, heures, moyenne_distance (median, km, of the row 'indicateur' only).
-- Crosses: code.
WITH lus AS NOT MATERIALIZED (
    SELECT {groupe} AS groupe, personne_no, cle, {critere} AS critere, heures, distance_km
    FROM presence
    WHERE {condition} AND {groupe} IS NOT NULL
), p AS (
    SELECT groupe, personne_no, any_value(cle) AS cle, sum(heures) AS heures, {compte}(critere) AS compte,
           {comptees} AS comptees, {trajet} AS trajet
    FROM lus
    GROUP BY ALL
)
SELECT groupe, 'total' AS dimension, NULL AS code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures,
       NULL AS moyenne_distance
FROM p GROUP BY groupe
UNION ALL
SELECT groupe, {dimension}, 'indicateur', count(*), sum(cle), sum(comptees), {mediane}
FROM p WHERE compte GROUP BY groupe
