-- Purpose: hours engaged and realised month by month.
-- Grain: one row per month.
-- Columns: mois (first day), engagees, realisees, validees (hours).
SELECT mois, sum(engagees) AS engagees, sum(realisees) AS realisees, sum(validees) AS validees
FROM activite
WHERE {condition}
GROUP BY mois
ORDER BY mois
