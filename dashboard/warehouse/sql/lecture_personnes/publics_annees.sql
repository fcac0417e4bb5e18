-- Purpose: year by year, the persons that the key figures count, and those trained in the year.
-- Grain: one row per year × code.
-- Columns: annee, code ('tous', 'femmes', 'moins_26', 'plus_50', 'qpv', 'connue' and 'durable' six months after the last contract, 'situee', 'formee'), effectif (true count), cle, heures (of training for 'formee'), moyenne_distance (median km, of 'situee').
-- Crosses: code.
WITH p AS MATERIALIZED (
    SELECT annee, personne_no, any_value(sexe) AS sexe, any_value(tranche_age) AS tranche, any_value(qpv) AS qpv,
           any_value(cle) AS cle, sum(heures) AS heures,
           sum(distance_km * heures) / sum(heures) FILTER (WHERE distance_km IS NOT NULL) AS km
    FROM presence WHERE {condition} GROUP BY annee, personne_no
), s AS MATERIALIZED (
    SELECT p.annee, p.cle, s.situation = 'emploi_durable' AS durable
    FROM p JOIN sortie s ON s.personne_no = p.personne_no AND s.horizon_mois = 6 AND s.situation <> 'sans_nouvelle'
), f AS (
    SELECT annee, personne_no, sum(heures) AS heures FROM formation GROUP BY annee, personne_no
)
SELECT annee, 'tous' AS code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures, NULL AS moyenne_distance FROM p GROUP BY annee
UNION ALL SELECT annee, 'femmes', count(*), sum(cle), sum(heures), NULL FROM p WHERE sexe = 'F' GROUP BY annee
UNION ALL SELECT annee, 'moins_26', count(*), sum(cle), sum(heures), NULL FROM p WHERE tranche = 'moins_26' GROUP BY annee
UNION ALL SELECT annee, 'plus_50', count(*), sum(cle), sum(heures), NULL FROM p WHERE tranche = '50_plus' GROUP BY annee
UNION ALL SELECT annee, 'qpv', count(*), sum(cle), sum(heures), NULL FROM p WHERE qpv GROUP BY annee
UNION ALL SELECT annee, 'connue', count(*), sum(cle), NULL, NULL FROM s GROUP BY annee
UNION ALL SELECT annee, 'durable', count(*), sum(cle), NULL, NULL FROM s WHERE durable GROUP BY annee
UNION ALL SELECT annee, 'situee', count(*), sum(cle), NULL, median(km) FROM p WHERE km IS NOT NULL GROUP BY annee
UNION ALL SELECT annee, 'formee', count(*), sum(cle), sum(f.heures), NULL FROM p JOIN f USING (annee, personne_no) GROUP BY annee
