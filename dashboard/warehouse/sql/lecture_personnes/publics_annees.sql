-- Purpose: year by year, the persons that the key figures count, and those trained in the year.
-- Grain: one row per year × code.
-- Columns: annee, code ('tous', 'femmes', 'moins_26', 'plus_50', 'qpv', 'connue' and 'durable' six months after the last contract, 'situee', 'formee'), effectif (true count), cle, heures (of training for 'formee'), moyenne_distance (median km, of 'situee').
-- Crosses: code.
WITH p AS MATERIALIZED (
    SELECT annee, personne_no, any_value(sexe) AS sexe, any_value(tranche_age) AS tranche, any_value(qpv) AS qpv,
           any_value(situation_6) AS situation, any_value(cle) AS cle, sum(heures) AS heures,
           sum(distance_km * heures) / sum(CASE WHEN distance_km IS NOT NULL THEN heures END) AS km
    FROM presence WHERE {condition} GROUP BY annee, personne_no
), g AS MATERIALIZED (
    SELECT annee, sexe, tranche, qpv, situation, count(*) AS n, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY ALL
), c AS (
    SELECT annee, 'tous' AS code, n, cle, heures FROM g
    UNION ALL SELECT annee, 'femmes', n, cle, heures FROM g WHERE sexe = 'F'
    UNION ALL SELECT annee, 'moins_26', n, cle, heures FROM g WHERE tranche = 'moins_26'
    UNION ALL SELECT annee, 'plus_50', n, cle, heures FROM g WHERE tranche = '50_plus'
    UNION ALL SELECT annee, 'qpv', n, cle, heures FROM g WHERE qpv
    UNION ALL SELECT annee, 'connue', n, cle, NULL FROM g WHERE situation <> 'sans_nouvelle'
    UNION ALL SELECT annee, 'durable', n, cle, NULL FROM g WHERE situation = 'emploi_durable'
), f AS (
    SELECT annee, personne_no, sum(heures) AS heures FROM formation GROUP BY annee, personne_no
)
SELECT annee, code, CAST(sum(n) AS BIGINT) AS effectif, sum(cle) AS cle, sum(heures) AS heures, NULL AS moyenne_distance
FROM c GROUP BY annee, code
UNION ALL SELECT annee, 'situee', count(*), sum(cle), NULL, median(km) FROM p WHERE km IS NOT NULL GROUP BY annee
UNION ALL SELECT annee, 'formee', count(*), sum(cle), sum(f.heures), NULL FROM p JOIN f USING (annee, personne_no) GROUP BY annee
