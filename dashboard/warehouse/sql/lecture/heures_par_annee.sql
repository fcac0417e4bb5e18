-- Purpose: hours engaged and realised year by year, for the key figures and their trend.
-- Grain: one row per year.
-- Columns: annee, engagees, realisees (hours).
SELECT annee, sum(engagees) AS engagees, sum(realisees) AS realisees
FROM activite
WHERE {condition}
GROUP BY annee
ORDER BY annee
