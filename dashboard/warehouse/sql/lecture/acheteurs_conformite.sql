-- Purpose: the contracts under the obligation of social considerations (above an EU threshold, notified since it is in force).
-- Grain: one row per contract under the obligation, those without a social clause nor reservation first, the largest first.
-- Columns: etat (clause; reserve; suivi: DECP says none but a lot is followed; inconnu: format silent; sans), travaux_courts
-- (possible derogation), and the contract.
SELECT uid, acheteur, objet, date_notification, type_achat, montant, accord_cadre, seuil, duree_mois, critere,
       type_achat = 'travaux' AND coalesce(duree_mois < 3, FALSE) AS travaux_courts,
       CASE WHEN clause THEN 'clause' WHEN reserve THEN 'reserve' WHEN suivi THEN 'suivi' WHEN sociale IS NULL THEN 'inconnu' ELSE 'sans' END AS etat
FROM achat
WHERE obligation AND {condition}
ORDER BY etat <> 'sans', montant DESC NULLS LAST, uid
