-- Purpose: the list of the contracts that end in the eighteen months after the date of the data, the largest of each kind first.
-- Grain: one contract; those without a social consideration nor a follow-up first; five hundred at most (a fiche lists them by date).
-- Columns: uid, acheteur, objet, date_fin, date_notification, type_achat, montant, accord_cadre, sociale, suivi.
SELECT uid, acheteur, objet, date_fin, date_notification, type_achat, montant, accord_cadre, sociale, suivi
FROM achat, (SELECT date_donnees FROM manifeste)
WHERE {condition} AND date_fin > date_donnees AND date_fin <= last_day(CAST(date_donnees + INTERVAL 18 MONTH AS DATE))
      AND acheteur <> 'grands_projets'
ORDER BY coalesce(sociale, FALSE) OR suivi, montant DESC NULLS LAST, uid
LIMIT 500
