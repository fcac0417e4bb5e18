-- Purpose: hours engaged, realised and validated over all the years, in construction and elsewhere: trends and key figures.
-- Grain: one row per quarter.
-- Columns: debut (first day of the quarter), annee, engagees, realisees, validees, comparees (realised on lots whose commitment is known), btp, hors_btp
-- (hours; the last two are realised).
WITH m AS (
    SELECT mois, secteur IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics') AS btp,
           sum(engagees) AS engagees, sum(realisees) AS realisees, sum(validees) AS validees,
           sum(comparees) AS comparees
    FROM activite WHERE {condition} GROUP BY ALL
)
SELECT CAST(date_trunc('quarter', mois) AS DATE) AS debut, year(mois) AS annee, sum(engagees) AS engagees, sum(realisees) AS realisees,
       sum(validees) AS validees, sum(comparees) AS comparees, coalesce(sum(realisees) FILTER (btp), 0) AS btp, coalesce(sum(realisees) FILTER (NOT btp), 0) AS hors_btp
FROM m
GROUP BY ALL
ORDER BY debut
