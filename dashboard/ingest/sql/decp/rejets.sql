-- Purpose: set aside the contracts of Île-de-France that cannot be used, with every reason.
-- Grain: constat, one row per contract and reason; decp_ecartes, one row per rejected contract.
-- Columns: those of constat. A contract whose place is unknown is rejected only when it would otherwise be kept.
CREATE OR REPLACE TEMP TABLE decp_motifs AS
SELECT n, ligne, 'acheteur.id' AS colonne, brut.acheteur_id AS valeur, 'acheteur_siret_absent' AS regle,
    'Acheteur sans SIRET : le marché ne peut pas être rattaché.' AS message
FROM decp_propre WHERE nullif(acheteur_siret, '') IS NULL
UNION ALL
SELECT n, ligne, 'acheteur.id', brut.acheteur_id, 'acheteur_siret_invalide',
    format('Identifiant d’acheteur « {} » : 14 chiffres attendus (ou 9 pour un SIREN).', brut.acheteur_id)
FROM decp_propre WHERE acheteur_siret <> '' AND length(acheteur_siret) NOT IN (9, 14)
UNION ALL
SELECT n, ligne, 'acheteur.id', brut.acheteur_id, 'acheteur_siret_invalide', 'Identifiant d’acheteur fait de zéros.'
FROM decp_propre WHERE regexp_full_match(acheteur_siret, '0+') AND length(acheteur_siret) IN (9, 14)
UNION ALL
SELECT n, ligne, 'id', brut.numero, 'numero_absent', 'Marché sans numéro : il ne peut pas être identifié.'
FROM decp_propre WHERE decp_numero(brut.numero) IS NULL
UNION ALL
SELECT n, ligne, 'dateNotification', brut.date_notification, 'date_notification_absente', 'Date de notification absente.'
FROM decp_propre WHERE date_notification IS NULL AND decp_texte(brut.date_notification) IS NULL
UNION ALL
SELECT n, ligne, 'dateNotification', brut.date_notification, 'date_notification_invalide',
    format('Date de notification « {} » illisible ou hors de la période admise (de 2010 à aujourd’hui).', brut.date_notification)
FROM decp_propre WHERE date_notification IS NULL AND decp_texte(brut.date_notification) IS NOT NULL
UNION ALL
SELECT n, ligne, 'donneesActuelles', 'non', 'version_perimee', 'Ancienne version d’un marché, remplacée par une autre du même fichier.'
FROM decp_propre WHERE brut.perime;

CREATE OR REPLACE TEMP TABLE decp_ecartes AS
SELECT DISTINCT n FROM decp_motifs JOIN decp_propre USING (n)
WHERE perimetre = 'idf' OR nullif(acheteur_siret, '') IS NULL;

INSERT INTO constat
SELECT getvariable('decp_source')::INTEGER, 'rejet', NULL, ligne, colonne, valeur, regle, message
FROM decp_motifs WHERE n IN (FROM decp_ecartes) ORDER BY ligne;

DELETE FROM decp_propre WHERE perimetre <> 'idf' OR n IN (FROM decp_ecartes);
DELETE FROM decp_avenants WHERE n NOT IN (SELECT n FROM decp_propre);
DELETE FROM decp_attributaires WHERE n NOT IN (SELECT n FROM decp_propre);
