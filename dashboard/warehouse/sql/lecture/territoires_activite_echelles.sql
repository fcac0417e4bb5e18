-- Purpose: the exact facts of the chosen territory, of its département and of the region, by year and over two periods.
-- Grain: one row per echelle (0 region, 1 département, 2 territory) × moment (a year, 1 the period, 0 the one before). Values: département, territory, then years.
-- Columns: echelle, moment, engagees, realisees, comparables (realised on lots whose commitment is known), hors_btp, connues (hours whose sector is known), lots, lots_suivis.
WITH lot AS MATERIALIZED (
    SELECT annee, marche_no, any_value(secteur) AS secteur, sum(engagees) AS engagees, sum(realisees) AS realisees,
           any_value({departement}) = ? AS dans_departement, any_value({territoire}) = ? AS dans_territoire
    FROM activite
    WHERE {condition}
    GROUP BY annee, marche_no
), echelle AS (
    SELECT 0 AS echelle, * FROM lot
    UNION ALL SELECT 1, * FROM lot WHERE dans_departement
    UNION ALL SELECT 2, * FROM lot WHERE dans_territoire
), temps AS (
    SELECT echelle, annee AS moment, marche_no, secteur, engagees, realisees FROM echelle
    UNION ALL
    SELECT echelle, CASE WHEN annee >= ? THEN 1 ELSE 0 END, marche_no, any_value(secteur), sum(engagees), sum(realisees)
    FROM echelle WHERE annee BETWEEN ? AND ?
    GROUP BY ALL
)
SELECT echelle, moment, sum(engagees) AS engagees, sum(realisees) AS realisees,
       sum(realisees) FILTER (marche_no IN (SELECT marche_no FROM marche WHERE heures_engagees > 0)) AS comparables,
       sum(realisees) FILTER (secteur NOT IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics')) AS hors_btp,
       sum(realisees) FILTER (secteur IS NOT NULL) AS connues,
       count(*) AS lots, count(*) FILTER (realisees > 0) AS lots_suivis
FROM temps
GROUP BY echelle, moment
