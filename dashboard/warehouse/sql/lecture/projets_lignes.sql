-- Purpose: what the lots of each line owe, have done and should end with, by state; every total of the page is a sum of these rows.
-- Grain: one row per programme, line and state.
-- Columns: lots, ensemble (lots only published together), dues, dues_mobiles (due that moves with the facts), engagees, realisees, validees,
-- restantes (on lots not finished), manquantes (never done on finished ones), realisees_dues (realised on lots that owe hours), finales
-- (expected, or realised when finished) with their due dues_finales, realised realisees_finales and lots_finales, ecarts and carres (sums of
-- the standard deviations of the projected ones and of their squares: docs/methode/projection.md), temps (due hours × time elapsed) over dues_temps,
-- travaillees and realisees_travaillees (lots that declare worked hours: lots_travaillees), avant_debut and sans_heures (lots),
-- commences (lots begun) and suivis (those of them with at least one hour), arrete (last day declared).
WITH tout AS (
    SELECT *, CASE WHEN etat IN ('atteint', 'non_atteint') THEN realisees ELSE esperance END AS finale FROM lot WHERE {condition}
)
SELECT CAST(programme AS VARCHAR) AS programme, coalesce(ligne, '') AS ligne, CAST(etat AS VARCHAR) AS etat,
       count(*) AS lots, count(*) FILTER (acheteur = 'grands_projets') AS ensemble,
       coalesce(sum(heures_dues), 0) AS dues, coalesce(sum(heures_dues) FILTER (due_mobile), 0) AS dues_mobiles,
       coalesce(sum(heures_engagees), 0) AS engagees, sum(realisees) AS realisees, sum(validees) AS validees,
       coalesce(sum(greatest(heures_dues - realisees, 0)) FILTER (etat NOT IN ('atteint', 'non_atteint')), 0) AS restantes,
       coalesce(sum(heures_dues - realisees) FILTER (etat = 'non_atteint'), 0) AS manquantes,
       coalesce(sum(realisees) FILTER (heures_dues > 0), 0) AS realisees_dues,
       coalesce(sum(finale) FILTER (heures_dues > 0), 0) AS finales,
       coalesce(sum(heures_dues) FILTER (finale IS NOT NULL AND heures_dues > 0), 0) AS dues_finales,
       count(*) FILTER (finale IS NOT NULL AND heures_dues > 0) AS lots_finales,
       coalesce(sum(realisees) FILTER (finale IS NOT NULL AND heures_dues > 0), 0) AS realisees_finales,
       coalesce(sum(ecart_type) FILTER (heures_dues > 0), 0) AS ecarts, coalesce(sum(ecart_type ** 2) FILTER (heures_dues > 0), 0) AS carres,
       coalesce(sum(heures_dues * least(avancement, 1)), 0) AS temps,
       coalesce(sum(heures_dues) FILTER (avancement IS NOT NULL), 0) AS dues_temps,
       coalesce(sum(heures_travaillees), 0) AS travaillees,
       coalesce(sum(realisees) FILTER (heures_travaillees > 0), 0) AS realisees_travaillees,
       count(*) FILTER (heures_travaillees > 0) AS lots_travaillees,
       count(*) FILTER (avant_debut) AS avant_debut, count(*) FILTER (coalesce(heures_dues, 0) <= 0) AS sans_heures,
       count(*) FILTER (debut <= arrete) AS commences, count(*) FILTER (debut <= arrete AND realisees > 0) AS suivis, max(arrete) AS arrete
FROM tout
GROUP BY ALL
ORDER BY programme, ligne, etat
