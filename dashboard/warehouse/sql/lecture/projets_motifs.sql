-- Purpose: the lots by state, with the reason of those that cannot be evaluated.
-- Grain: one row per state and reason.
-- Columns: etat, motif (NULL when evaluable), lots, dues, realisees, avant_debut (lots with hours declared before their start).
SELECT CAST(etat AS VARCHAR) AS etat, CAST(motif AS VARCHAR) AS motif, count(*) AS lots, coalesce(sum(heures_dues), 0) AS dues,
       sum(realisees) AS realisees, count(*) FILTER (avant_debut) AS avant_debut
FROM lot
WHERE {condition}
GROUP BY ALL
ORDER BY etat, motif
