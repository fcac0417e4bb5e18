-- Purpose: hours year by year, all, in construction and elsewhere, when hours belong to persons (residence, lens).
-- Grain: one row per year × volet.
-- Columns: annee, volet ('tous', 'btp', 'hors_btp'), effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH p AS MATERIALIZED (
    SELECT annee, personne_no, secteur IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics') AS btp,
           any_value(cle) AS cle, sum(heures) AS heures
    FROM presence WHERE {condition} GROUP BY ALL
), n AS (
    SELECT annee, CASE WHEN btp THEN 'btp' ELSE 'hors_btp' END AS volet, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
    FROM p WHERE btp IS NOT NULL GROUP BY annee, btp
    UNION ALL
    SELECT annee, 'tous', count(*), sum(cle), sum(heures)
    FROM (SELECT annee, personne_no, any_value(cle) AS cle, sum(heures) AS heures FROM p GROUP BY annee, personne_no) GROUP BY annee
)
FROM n ORDER BY annee, volet
