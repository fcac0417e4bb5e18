-- Purpose: what the sheet of a lot says beside the columns of the table of the lots.
-- Grain: one lot.
-- Columns: as named; hours worked, amount invoiced and euros per hour are those of the obligation, NULL when not declared.
WITH choisi AS (SELECT * FROM lot WHERE {condition} AND acheteur <> 'grands_projets')
SELECT CAST(c.secteur AS VARCHAR) AS secteur, CAST(c.mode_obligation AS VARCHAR) AS mode_obligation, c.taux_insertion,
       c.heures_engagees, c.attendues, c.debut, c.fin_prevue, c.arrete, c.exec_commune, c.montant, m.heures_travaillees,
       m.montant_facture, m.euros_par_heure
FROM choisi c JOIN marche m USING (marche_no)
ORDER BY c.marche_no
