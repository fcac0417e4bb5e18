-- Purpose: hours by sector of the lots.
-- Grain: one row per sector with hours.
-- Columns: code, engagees, realisees (hours).
SELECT CAST(secteur AS VARCHAR) AS code, sum(engagees) AS engagees, sum(realisees) AS realisees
FROM activite
WHERE {condition} AND secteur IS NOT NULL
GROUP BY code
ORDER BY realisees DESC, code
