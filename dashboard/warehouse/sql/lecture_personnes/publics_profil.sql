-- Purpose: the persons of the selection by each attribute that the page shows, with their hours.
-- Grain: one row per (dimension, code, croise); a person of several years is counted once, at the younger age; in 'public', once per criterion met.
-- Columns: dimension ('total', 'sexe', 'tranche', 'age' × sexe, 'niveau', 'qpv', 'prescripteur', 'residence', 'distance', 'situee', 'public'), code, croise (sexe), effectif (true count), cle, heures, moyenne_distance (median km, of 'situee').
-- Crosses: code, croise.
WITH p AS MATERIALIZED (
    SELECT personne_no, any_value(sexe) AS sexe, min(tranche_age) AS tranche, min(tranche_age_fine) AS age,
           any_value(niveau_formation) AS niveau, any_value(qpv) AS qpv, any_value(prescripteur) AS prescripteur,
           any_value(publics) AS publics, any_value({residence}) AS residence, any_value(cle) AS cle, sum(heures) AS heures,
           sum(distance_km * heures) / sum(CASE WHEN distance_km IS NOT NULL THEN heures END) AS km
    FROM presence WHERE {condition} GROUP BY personne_no
), combinaison AS (
    SELECT publics, count(*) AS n, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY publics
), critere AS (
    SELECT unnest(publics) AS code, n, cle, heures FROM combinaison
)
SELECT 'total' AS dimension, 'tous' AS code, NULL AS croise, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures, NULL AS moyenne_distance
FROM p HAVING count(*) > 0
UNION ALL SELECT 'sexe', CAST(sexe AS VARCHAR), NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY sexe
UNION ALL SELECT 'tranche', CAST(tranche AS VARCHAR), NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY tranche
UNION ALL SELECT 'age', CAST(age AS VARCHAR), CAST(sexe AS VARCHAR), count(*), sum(cle), sum(heures), NULL FROM p GROUP BY age, sexe
UNION ALL SELECT 'niveau', CAST(niveau AS VARCHAR), NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY niveau
UNION ALL SELECT 'qpv', CASE WHEN qpv THEN 'oui' WHEN NOT qpv THEN 'non' ELSE 'nd' END, NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY qpv
UNION ALL SELECT 'prescripteur', CAST(prescripteur AS VARCHAR), NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY prescripteur
UNION ALL SELECT 'residence', coalesce(residence, 'hors'), NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY residence
UNION ALL
SELECT 'distance', CASE WHEN km IS NULL THEN 'nd' WHEN km < 5 THEN '0_5' WHEN km < 10 THEN '5_10' WHEN km < 20 THEN '10_20'
                        WHEN km < 40 THEN '20_40' ELSE '40_plus' END AS bande, NULL, count(*), sum(cle), sum(heures), NULL FROM p GROUP BY bande
UNION ALL SELECT 'situee', 'oui', NULL, count(*), sum(cle), sum(heures), median(km) FROM p WHERE km IS NOT NULL HAVING count(*) > 0
UNION ALL SELECT 'public', code, NULL, sum(n), sum(cle), sum(heures), NULL FROM critere GROUP BY code
