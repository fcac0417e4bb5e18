-- Purpose: what the projection needs to know of the lots followed; hours come month by month from the table activite.
-- Grain: one lot, in the order of its number.
-- Columns: dates, obligation and its facts; premier and arrete = first and last day of the months with hours declared by its source;
-- fin_operation; construction (building and public works; services otherwise).
WITH source_bornes AS (
    SELECT m.source_id, CAST(min(a.mois) AS DATE) AS premier, CAST(last_day(max(a.mois)) AS DATE) AS arrete
    FROM activite a JOIN marche m USING (marche_no) WHERE a.realisees > 0 GROUP BY 1
)
SELECT m.marche_no, CAST(m.date_notification AS DATE) AS debut, m.duree_mois, m.statut, m.mode_obligation,
       CAST(m.heures_engagees AS DOUBLE) AS engagees, CAST(m.taux_insertion AS DOUBLE) AS taux,
       CAST(m.heures_travaillees AS DOUBLE) AS travaillees, CAST(m.montant_facture AS DOUBLE) AS facture,
       CAST(m.euros_par_heure AS DOUBLE) AS euros_par_heure,
       coalesce(m.secteur IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics'), m.type_achat = 'travaux', FALSE) AS construction,
       b.premier, b.arrete, CAST(o.date_fin AS DATE) AS fin_operation
FROM marche m
LEFT JOIN source_bornes b ON b.source_id = m.source_id
LEFT JOIN operation o ON o.operation_id = m.operation_id
WHERE m.origine <> 'decp'
ORDER BY m.marche_no
