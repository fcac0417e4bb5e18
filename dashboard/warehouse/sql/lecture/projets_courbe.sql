-- Purpose: the S-curves: hours engaged, realised and projected, month by month, as increments that add up over lines.
-- Grain: one row per programme, line and month with something in it.
-- Columns: engagees, realisees (of the month), projetees (expected hours that the projections of the month add), ecarts and carres (what
-- they add to the sums of the standard deviations of the lots and of their squares: docs/methode/projection.md).
WITH choisi AS (
    SELECT marche_no, CAST(programme AS VARCHAR) AS programme, coalesce(ligne, '') AS ligne, realisees FROM lot WHERE {condition}
), fait AS (
    SELECT c.programme, c.ligne, a.mois, sum(a.engagees) AS engagees, sum(a.realisees) AS realisees
    FROM activite a JOIN choisi c USING (marche_no) GROUP BY ALL
), pas AS (
    SELECT c.programme, c.ligne, p.mois, p.esperance - lag(p.esperance, 1, c.realisees) OVER w AS projetees,
           p.ecart_type - lag(p.ecart_type, 1, 0) OVER w AS ecarts,
           p.ecart_type ** 2 - lag(p.ecart_type ** 2, 1, 0) OVER w AS carres
    FROM lot_projection p JOIN choisi c USING (marche_no) WINDOW w AS (PARTITION BY p.marche_no ORDER BY p.mois)
), prevu AS (
    SELECT programme, ligne, mois, sum(projetees) AS projetees, sum(ecarts) AS ecarts, sum(carres) AS carres
    FROM pas GROUP BY ALL
)
SELECT programme, ligne, mois, coalesce(engagees, 0) AS engagees, coalesce(realisees, 0) AS realisees, projetees,
       coalesce(ecarts, 0) AS ecarts, coalesce(carres, 0) AS carres
FROM fait FULL JOIN prevu USING (programme, ligne, mois)
ORDER BY mois, programme, ligne
