-- Purpose: say what was changed or doubted in the structures kept.
-- Grain: constat, one row per value changed or doubted.
-- Columns: those of constat; the value is left out where it may name a person.
INSERT INTO constat
SELECT getvariable('structures_source')::INTEGER, nature, NULL, ligne, colonne, valeur, regle, message FROM (
SELECT 'correction' AS nature, ligne, 'siret' AS colonne, NULL AS valeur, 'siret_absent' AS regle,
    'Structure sans SIRET : elle est gardée sans.' AS message
FROM structures_propre WHERE decp_texte(brut.siret) IS NULL
UNION ALL
SELECT 'correction', ligne, 'siret', brut.siret, 'siret_invalide',
    format('SIRET « {} » : 14 chiffres attendus ; la structure est gardée sans.', brut.siret)
FROM structures_propre WHERE siret IS NULL AND decp_texte(brut.siret) IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'siret', brut.siret, 'siret_format', format('SIRET « {} » lu {}.', decp_texte(brut.siret), siret)
FROM structures_propre WHERE decp_texte(brut.siret) <> siret
UNION ALL
SELECT 'avertissement', ligne, 'siret', siret, 'siret_cle', format('SIRET « {} » : clé de contrôle fausse.', siret)
FROM structures_propre WHERE NOT decp_luhn(siret)
UNION ALL
SELECT 'correction', ligne, 'commune', insee_lu, 'commune_ancienne', format('Ancienne commune « {} » rattachée à la commune {}.', insee_lu, commune)
FROM structures_propre WHERE ancienne
UNION ALL
SELECT 'correction', ligne, 'commune', insee_lu, 'commune_deduite',
    format('Code de commune « {} » inconnu : commune {} déduite du code postal ou du nom.', insee_lu, commune)
FROM structures_propre WHERE deduite
UNION ALL
SELECT 'correction', ligne, 'lon, lat', concat_ws(' ; ', brut.lon, brut.lat), 'coordonnees_' || point,
    format('Coordonnées « {} » {}.', concat_ws(' ; ', brut.lon, brut.lat), CASE point
        WHEN 'inverse' THEN 'interverties : longitude et latitude remises dans l’ordre'
        WHEN 'illisible' THEN 'illisibles : laissées vides' ELSE 'hors de la région : laissées vides' END)
FROM structures_propre WHERE point NOT IN ('ok', 'absent')
UNION ALL
SELECT 'correction', ligne, 'nom', NULL, 'nom_contact', 'Courriel ou téléphone écrit dans le nom : il en est retiré.'
FROM structures_propre WHERE regexp_matches(brut.nom, '\S+@\S+|(\+33|\b0)\s*[1-9]([\s./-]?[0-9]{2}){4}\b') AND NOT personne
UNION ALL
SELECT 'correction', ligne, 'nom', NULL, 'nom_personne', 'La structure porte le nom d’une personne : son type est gardé à la place.'
FROM structures_propre WHERE personne
) ORDER BY ligne, regle;
