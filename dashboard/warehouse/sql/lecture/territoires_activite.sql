-- Purpose: the exact facts behind the indicators of the territories: hours engaged and realised, coverage of the collection.
-- Grain: one row per territory of one level ({groupe}) with at least one lot.
-- Columns: groupe, engagees, realisees, comparables (realised on lots whose commitment is known), hors_btp, connues (hours whose sector is known), lots, lots_suivis (with at least one hour).
WITH lot AS (
    SELECT {groupe} AS groupe, marche_no, any_value(secteur) AS secteur, sum(engagees) AS engagees, sum(realisees) AS realisees
    FROM activite
    WHERE {condition} AND {groupe} IS NOT NULL
    GROUP BY ALL
)
SELECT groupe, sum(engagees) AS engagees, sum(realisees) AS realisees,
       sum(realisees) FILTER (marche_no IN (SELECT marche_no FROM marche WHERE heures_engagees > 0)) AS comparables,
       sum(realisees) FILTER (secteur NOT IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics')) AS hors_btp,
       sum(realisees) FILTER (secteur IS NOT NULL) AS connues,
       count(*) AS lots, count(*) FILTER (realisees > 0) AS lots_suivis
FROM lot
GROUP BY groupe
