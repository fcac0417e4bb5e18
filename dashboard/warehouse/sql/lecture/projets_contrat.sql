-- Purpose: the contract published in the DECP that a lot is joined to.
-- Grain: one contract (the uid is bound).
-- Columns: uid, objet, acheteur_nom, procedure, nature, montant, montant_initial, date_notification, duree_mois, accord_cadre, sociales.
SELECT uid, objet, acheteur_nom, acheteur_siret, procedure, nature, montant, montant_initial, date_notification, duree_mois, accord_cadre,
       sociales
FROM marche_publie
WHERE uid = ?
