-- Purpose: the EU thresholds in force at a date, to be quoted beside the contracts that are held against them.
-- Grain: one threshold: kind of buyer and kind of purchase.
-- Columns: acheteur (etat, autre, entite_adjudicatrice), type_achat, seuil (euros), debut, fin, origine, source.
SELECT acheteur, type_achat, seuil, debut, fin, origine, source FROM seuil_europeen
WHERE (SELECT greatest(date_donnees, (SELECT min(debut) FROM objectif_achat WHERE regle = 'obligation_sociale')) FROM manifeste)
      BETWEEN debut AND fin
ORDER BY acheteur, type_achat
