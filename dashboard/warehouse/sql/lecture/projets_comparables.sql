-- Purpose: finished lots that can be compared: same trade, due hours of the same size.
-- Grain: one finished lot that owes hours.
-- Columns: marche_id, objet, programme, acheteur, heures_dues, realisees, part (realised / due). Bound last: low and high due hours.
SELECT marche_id, objet, CAST(programme AS VARCHAR) AS programme, acheteur, heures_dues, realisees, realisees / heures_dues AS part
FROM lot
WHERE {condition} AND acheteur <> 'grands_projets' AND etat IN ('atteint', 'non_atteint')
  AND heures_dues > 0 AND heures_dues BETWEEN CAST(? AS DOUBLE) AND CAST(? AS DOUBLE)
ORDER BY part, marche_id
