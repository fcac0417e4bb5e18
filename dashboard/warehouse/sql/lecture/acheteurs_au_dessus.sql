-- Purpose: the contracts of one buyer above the EU thresholds, those that miss the obligation first, then the most recent.
-- Grain: one contract above the threshold of its date; a hundred at most.
-- Columns: obligation (in force when notified), etat (clause, reserve, suivi, inconnu, sans), total (of all), and the contract.
SELECT uid, acheteur, objet, date_notification, type_achat, montant, accord_cadre, seuil, duree_mois, critere, obligation,
       type_achat = 'travaux' AND coalesce(duree_mois < 3, FALSE) AS travaux_courts,
       CASE WHEN clause THEN 'clause' WHEN reserve THEN 'reserve' WHEN suivi THEN 'suivi' WHEN sociale IS NULL THEN 'inconnu'
            ELSE 'sans' END AS etat, count(*) OVER () AS total
FROM achat
WHERE au_dessus AND {condition}
ORDER BY obligation AND etat = 'sans' DESC, date_notification DESC, uid
LIMIT 100
