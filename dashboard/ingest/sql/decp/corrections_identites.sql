-- Purpose: say what was changed in the identifiers of buyers and titulaires, and in the modifications, of the contracts kept.
-- Grain: constat, one row per value changed or doubted.
-- Columns: those of constat.
INSERT INTO constat
SELECT getvariable('decp_source')::INTEGER, nature, NULL, ligne, colonne, valeur, regle, message FROM (
SELECT 'correction' AS nature, ligne, 'acheteur.id' AS colonne, brut.acheteur_id AS valeur, 'acheteur_siret_format' AS regle,
    format('SIRET d’acheteur « {} » lu {}.', brut.acheteur_id, acheteur_siret) AS message
FROM decp_propre WHERE brut.acheteur_id <> acheteur_siret
UNION ALL
SELECT 'avertissement', ligne, 'acheteur.id', brut.acheteur_id, 'acheteur_siren_seul', 'L’acheteur n’est connu que par son SIREN.'
FROM decp_propre WHERE length(acheteur_siret) = 9
UNION ALL
SELECT 'avertissement', ligne, 'acheteur.id', brut.acheteur_id, 'acheteur_siret_cle',
    format('SIRET d’acheteur « {} » : clé de contrôle fausse.', acheteur_siret)
FROM decp_propre WHERE NOT decp_luhn(acheteur_siret)
UNION ALL
SELECT 'correction', ligne, 'clés', brut.cles, 'cle_espaces', format('Noms de champs entourés d’espaces : {}.', brut.cles)
FROM decp_propre WHERE brut.cles IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'titulaires.id', t.brut.id, 'titulaire_siret_format', format('SIRET de titulaire « {} » lu {}.', t.brut.id, identifiant)
FROM decp_attributaires t WHERE type_identifiant = 'SIRET' AND decp_texte(t.brut.id) <> identifiant
UNION ALL
SELECT 'avertissement', ligne, 'titulaires.id', t.brut.id, 'titulaire_siret_cle',
    format('SIRET de titulaire « {} » : {}.', t.brut.id, CASE WHEN length(identifiant) = 14 THEN 'clé de contrôle fausse' ELSE '14 chiffres attendus' END)
FROM decp_attributaires t WHERE type_identifiant = 'SIRET' AND NOT decp_luhn(identifiant)
UNION ALL
SELECT 'correction', ligne, 'titulaires.typeIdentifiant', t.brut.type, 'titulaire_type_deduit', format('Type d’identifiant absent, lu SIRET pour « {} ».', t.brut.id)
FROM decp_attributaires t WHERE type_identifiant = 'SIRET' AND decp_texte(t.brut.type) IS NULL
UNION ALL
SELECT 'avertissement', ligne, 'titulaires.id', NULL, 'titulaire_absent', 'Marché sans titulaire identifié.'
FROM decp_propre WHERE n NOT IN (SELECT n FROM decp_attributaires WHERE identifiant IS NOT NULL)
UNION ALL
SELECT 'correction', ligne, 'modifications.montant', a.brut.montant, 'montant_hors_bornes',
    format('Montant modifié « {} » illisible ou hors de la plage plausible : modification de montant ignorée.', a.brut.montant)
FROM decp_avenants a WHERE montant IS NULL AND decp_texte(a.brut.montant) IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'modifications.dureeMois', a.brut.duree, 'duree_invalide', format('Durée modifiée « {} » ignorée.', a.brut.duree)
FROM decp_avenants a WHERE duree_mois IS NULL AND decp_texte(a.brut.duree) IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'modifications.dateNotificationModification', a.brut.date_notification, 'date_hors_periode',
    format('Date de modification « {} » illisible ou hors de la période admise : laissée vide.', a.brut.date_notification)
FROM decp_avenants a WHERE date_notification IS NULL AND decp_texte(a.brut.date_notification) IS NOT NULL
) ORDER BY ligne;
