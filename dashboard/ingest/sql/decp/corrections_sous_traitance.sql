-- Purpose: say what was changed or doubted in the subcontracting acts of the contracts kept, and in the sizes of titulaires.
-- Grain: constat, one row per value. An act is never rejected: what is doubted is kept, what is absurd is left empty.
-- Columns: those of constat.
INSERT INTO constat
SELECT getvariable('decp_source')::INTEGER, nature, NULL, ligne, colonne, valeur, regle, message FROM (
SELECT 'correction' AS nature, ligne, 'actesSousTraitance.sousTraitant.id' AS colonne, a.brut.id AS valeur,
    'sous_traitant_siret_format' AS regle, format('SIRET de sous-traitant « {} » lu {}.', a.brut.id, identifiant) AS message
FROM decp_actes a WHERE type_identifiant = 'SIRET' AND decp_texte(a.brut.id) <> identifiant
UNION ALL
SELECT 'avertissement', ligne, 'actesSousTraitance.sousTraitant.id', a.brut.id, 'sous_traitant_siret_cle',
    format('SIRET de sous-traitant « {} » : {}.', a.brut.id, CASE WHEN length(identifiant) = 14 THEN 'clé de contrôle fausse' ELSE '14 chiffres attendus' END)
FROM decp_actes a WHERE type_identifiant = 'SIRET' AND NOT decp_luhn(identifiant)
UNION ALL
SELECT 'avertissement', ligne, 'actesSousTraitance.sousTraitant.id', NULL, 'sous_traitant_absent', 'Acte de sous-traitance sans sous-traitant identifié.'
FROM decp_actes WHERE nullif(identifiant, '') IS NULL
UNION ALL
SELECT 'correction', ligne, 'actesSousTraitance.montant', a.brut.montant, 'sous_traitance_montant',
    format('Montant sous-traité « {} » illisible ou hors de la plage plausible (de 1 € à 999 999 999 €) : laissé vide.', a.brut.montant)
FROM decp_actes a WHERE montant_lu IS NULL AND decp_texte(a.brut.montant) IS NOT NULL
UNION ALL
SELECT 'avertissement', ligne, 'actesSousTraitance.montant', a.brut.montant, 'sous_traitance_superieure',
    format('Montant sous-traité ({} €) supérieur à celui du marché ({} €) : gardé tel quel.', montant, montant_marche)
FROM decp_actes a WHERE montant > montant_marche
UNION ALL
SELECT 'correction', ligne, 'actesSousTraitance.dateNotification', a.brut.date_notification, 'sous_traitance_date',
    format('Date de sous-traitance « {} » illisible ou hors de la période admise : laissée vide.', a.brut.date_notification)
FROM decp_actes a WHERE date_notification IS NULL AND decp_texte(a.brut.date_notification) IS NOT NULL
UNION ALL
SELECT 'avertissement', ligne, 'actesSousTraitance.dateNotification', a.brut.date_notification, 'sous_traitance_avant',
    format('Sous-traitance notifiée le {}, avant le marché (le {}).', strftime(date_notification, '%d/%m/%Y'), strftime(notifie, '%d/%m/%Y'))
FROM decp_actes a WHERE date_notification < notifie
UNION ALL
SELECT 'correction', ligne, 'actesSousTraitance.dureeMois', a.brut.duree, 'sous_traitance_duree', format('Durée de sous-traitance « {} » ignorée.', a.brut.duree)
FROM decp_actes a WHERE decp_duree(decp_nombre(a.brut.duree)) IS NULL AND decp_texte(a.brut.duree) IS NOT NULL
UNION ALL
SELECT 'avertissement', ligne, 'modificationsActesSousTraitance.id', rang_lu, 'sous_traitance_modification',
    format('Modification d’un acte de sous-traitance « {} » qui ne figure pas dans le marché : ignorée.', coalesce(rang_lu, ''))
FROM decp_actes_modifies ANTI JOIN decp_actes USING (n, rang_lu)
UNION ALL
SELECT 'correction', ligne, 'titulaires.categorie', t.brut.categorie, 'titulaire_categorie',
    format('Catégorie de titulaire « {} » inconnue (PME, ETI ou GE attendu) : laissée vide.', t.brut.categorie)
FROM decp_attributaires t WHERE categorie IS NULL AND decp_texte(t.brut.categorie) IS NOT NULL
) ORDER BY ligne;
