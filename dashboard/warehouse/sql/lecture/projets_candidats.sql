-- Purpose: the contracts that a lot could be joined to, with the parts of their score.
-- Grain: one candidate of one lot (the identifier of the lot is bound).
-- Columns: rang, uid, objet, montant, date_notification, score and its parts (0–1).
SELECT c.rang, c.uid, p.objet, p.montant, p.date_notification, c.score, c.score_objet, c.score_date, c.score_titulaire, c.score_montant
FROM candidat c
JOIN marche m USING (marche_no)
LEFT JOIN marche_publie p ON p.uid = c.uid
WHERE m.marche_id = ?
ORDER BY c.rang
