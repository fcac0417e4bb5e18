-- Purpose: the S-curves: hours engaged, realised and projected, month by month, as increments that add up over lines.
-- Grain: one row per programme, line and month with something in it.
-- Columns: engagees, realisees (of the month), projetees (expected hours that the projections of the month add), ecarts and carres (what
-- they add to the sums of the standard deviations of the lots and of their squares: docs/methode/projection.md).
WITH choisi AS (
    SELECT marche_no, programme, coalesce(ligne, '') AS ligne FROM lot WHERE {condition}
), fait AS (
    SELECT c.programme, c.ligne, a.mois, sum(a.engagees) AS engagees, sum(a.realisees) AS realisees
    FROM activite a JOIN choisi c USING (marche_no) GROUP BY ALL
), prevu AS (
    SELECT c.programme, c.ligne, p.mois, sum(p.pas) AS projetees, sum(p.pas_ecart) AS ecarts, sum(p.pas_carre) AS carres
    FROM lot_projection p JOIN choisi c USING (marche_no) GROUP BY ALL
)
SELECT CAST(programme AS VARCHAR) AS programme, ligne, mois, coalesce(engagees, 0) AS engagees, coalesce(realisees, 0) AS realisees,
       projetees, coalesce(ecarts, 0) AS ecarts, coalesce(carres, 0) AS carres
FROM fait FULL JOIN prevu USING (programme, ligne, mois)
ORDER BY mois, 1, ligne
