-- Purpose: the table of the lots, the most worrying first; those only published together are never listed.
-- Grain: one lot.
-- Columns: as named; part = realised / due, operation = name of the operation, total = lots before the cut, match with its score.
WITH choisi AS (SELECT * FROM lot WHERE {condition} AND acheteur <> 'grands_projets')
SELECT c.marche_id, o.nom AS operation, CAST(c.programme AS VARCHAR) AS programme, coalesce(c.ligne, '') AS ligne, c.objet, c.acheteur,
       CAST(c.etat AS VARCHAR) AS etat, CAST(c.motif AS VARCHAR) AS motif, c.heures_dues, c.due_mobile, c.realisees,
       greatest(c.heures_dues - c.realisees, 0) AS restantes, c.projetees, c.projetees_bas, c.projetees_haut, c.avancement,
       c.realisees / nullif(c.heures_dues, 0) AS part, c.date_atteinte, c.avant_debut, c.uid,
       CAST(c.rapprochement AS VARCHAR) AS rapprochement, c.rapprochement_score, count(*) OVER () AS total
FROM choisi c LEFT JOIN operation o ON o.operation_id = c.operation_id
ORDER BY list_position(['retard', 'surveiller', 'non_demarre', 'nd', 'temps', 'avance', 'non_atteint', 'atteint'], CAST(c.etat AS VARCHAR)),
         c.heures_dues DESC NULLS LAST, c.marche_id
LIMIT 3000
