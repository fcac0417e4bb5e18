-- Purpose: the modifications of a contract, in their order.
-- Grain: one modification (the uid is bound).
-- Columns: rang, date_notification, montant, duree_mois, objet.
SELECT rang, date_notification, montant, duree_mois, objet FROM modification WHERE uid = ? ORDER BY rang
