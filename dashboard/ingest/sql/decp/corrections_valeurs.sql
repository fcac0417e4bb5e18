-- Purpose: say what was changed in the dates, amounts, durations and CPV codes of the contracts kept.
-- Grain: constat, one row per value changed or not believed.
-- Columns: those of constat.
INSERT INTO constat
SELECT getvariable('decp_source')::INTEGER, nature, NULL, ligne, colonne, valeur, regle, message FROM (
SELECT 'correction' AS nature, ligne, 'dateNotification' AS colonne, brut.date_notification AS valeur, 'date_annee' AS regle,
    format('Date de notification « {} » lue {}.', brut.date_notification, strftime(date_notification, '%d/%m/%Y')) AS message
FROM decp_propre WHERE left(decp_texte(brut.date_notification), 10) <> strftime(date_notification, '%Y-%m-%d')
UNION ALL
SELECT 'correction', ligne, 'datePublicationDonnees', brut.date_publication, 'date_annee',
    format('Date de publication « {} » lue {}.', brut.date_publication, strftime(date_publication, '%d/%m/%Y'))
FROM decp_propre WHERE left(decp_texte(brut.date_publication), 10) <> strftime(date_publication, '%Y-%m-%d')
UNION ALL
SELECT 'correction', ligne, 'datePublicationDonnees', brut.date_publication, 'date_hors_periode',
    format('Date de publication « {} » illisible ou hors de la période admise : laissée vide.', brut.date_publication)
FROM decp_propre WHERE date_publication IS NULL AND decp_texte(brut.date_publication) IS NOT NULL
UNION ALL
SELECT 'avertissement', ligne, 'datePublicationDonnees', brut.date_publication, 'publication_avant_notification',
    format('Publication le {}, avant la notification le {}.', strftime(date_publication, '%d/%m/%Y'), strftime(date_notification, '%d/%m/%Y'))
FROM decp_propre WHERE date_publication < date_notification
UNION ALL
SELECT 'correction', ligne, 'montant', brut.montant, 'montant_hors_bornes',
    format('Montant « {} » hors de la plage plausible (de 200 € à 999 999 999 €) : laissé vide.', brut.montant)
FROM decp_propre WHERE montant IS NULL AND montant_lu IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'montant', brut.montant, 'montant_illisible', format('Montant « {} » illisible : laissé vide.', brut.montant)
FROM decp_propre WHERE montant_lu IS NULL AND decp_texte(brut.montant) IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'montant', brut.montant, 'montant_format',
    format('Montant « {} » écrit à la française, lu {} €.', brut.montant, montant)
FROM decp_propre WHERE montant IS NOT NULL AND try_cast(decp_texte(brut.montant) AS DOUBLE) IS NULL
UNION ALL
SELECT 'avertissement', ligne, 'montant', brut.montant, 'montant_absent', 'Montant absent.'
FROM decp_propre WHERE decp_texte(brut.montant) IS NULL
UNION ALL
SELECT 'correction', ligne, 'dureeMois', brut.duree, 'duree_invalide',
    format('Durée « {} » illisible, nulle ou supérieure à cent ans : laissée vide.', brut.duree)
FROM decp_propre WHERE duree_mois IS NULL AND decp_texte(brut.duree) IS NOT NULL
UNION ALL
SELECT 'avertissement', ligne, 'dureeMois', brut.duree, 'duree_en_jours',
    format('Durée de {} mois pour moins de 10 M€ : sans doute des jours (cohérence, audit du ministère).', duree_mois::INTEGER)
FROM decp_propre WHERE duree_mois IN (360, 365, 366) AND montant < 10000000
UNION ALL
SELECT 'correction', ligne, 'codeCPV', brut.cpv, 'cpv_zero_initial', format('Code CPV « {} » sans zéro initial, lu {}.', brut.cpv, cpv)
FROM decp_propre WHERE length(cpv_chiffres) = 7 AND starts_with(cpv, '0')
UNION ALL
SELECT 'correction', ligne, 'codeCPV', brut.cpv, 'cpv_incomplet', format('Code CPV « {} » incomplet, lu {}.', brut.cpv, cpv)
FROM decp_propre WHERE cpv IS NOT NULL AND length(cpv_chiffres) < 8 AND cpv <> '0' || cpv_chiffres
UNION ALL
SELECT 'correction', ligne, 'codeCPV', brut.cpv, 'cpv_cle', format('Code CPV « {} » suivi de sa clé de contrôle sans tiret, lu {}.', brut.cpv, cpv)
FROM decp_propre WHERE cpv IS NOT NULL AND length(cpv_chiffres) = 9
UNION ALL
SELECT 'correction', ligne, 'codeCPV', brut.cpv, 'cpv_invalide', format('Code CPV « {} » inconnu de la nomenclature : laissé vide.', brut.cpv)
FROM decp_propre WHERE cpv IS NULL AND decp_texte(brut.cpv) IS NOT NULL
) ORDER BY ligne;
