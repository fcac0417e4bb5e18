-- Purpose: say what was changed in the places, considerations and texts of the contracts kept.
-- Grain: constat, one row per value changed or doubted.
-- Columns: those of constat.
INSERT INTO constat
SELECT getvariable('decp_source')::INTEGER, nature, NULL, ligne, colonne, valeur, regle, message FROM (
SELECT 'correction' AS nature, ligne, 'lieuExecution.typeCode' AS colonne, brut.lieu_type AS valeur, 'lieu_type' AS regle,
    format('Type de lieu « {} » lu « {} ».', brut.lieu_type, replace(lieu_type, '_', ' ')) AS message
FROM decp_propre WHERE lieu_type IS NOT NULL AND decp_texte(brut.lieu_type) NOT IN ('Code postal', 'Code commune',
    'Code arrondissement', 'Code canton', 'Code département', 'Code région', 'Code pays')
UNION ALL
SELECT 'correction', ligne, 'lieuExecution.typeCode', brut.lieu_type, 'lieu_type_deduit',
    format('Type de lieu absent ou inconnu, déduit du code « {} » : {}.', lieu_code, replace(lieu_type, '_', ' '))
FROM decp_propre WHERE lieu_type IS NOT NULL AND decp_type_lieu(brut.lieu_type) IS NULL AND lieu_code IS NOT NULL
UNION ALL
SELECT 'correction', ligne, 'lieuExecution.code', brut.lieu_code, 'lieu_departement',
    format('Code de lieu « {} » lu département {}.', brut.lieu_code, lieu_departement)
FROM decp_propre WHERE lieu_type = 'departement' AND lieu_departement IS NOT NULL AND lieu_code <> lieu_departement
UNION ALL
SELECT 'correction', ligne, 'lieuExecution.code', brut.lieu_code, 'commune_ancienne',
    format('Ancienne commune « {} » rattachée à la commune {}.', brut.lieu_code, lieu_commune)
FROM decp_propre WHERE lieu_ancien
UNION ALL
SELECT 'avertissement', ligne, 'lieuExecution.code', brut.lieu_code, 'lieu_inconnu',
    format('Code « {} » absent des référentiels (code postal, commune) : seul le département {} est retenu.', brut.lieu_code, lieu_departement)
FROM decp_propre WHERE lieu_inconnu AND lieu_departement IS NOT NULL
UNION ALL
SELECT 'avertissement', ligne, 'lieuExecution.code', brut.lieu_code, 'lieu_illisible',
    format('Lieu d’exécution « {} » illisible : marché retenu par le siège de son acheteur.', brut.lieu_code)
FROM decp_propre WHERE lieu_code IS NOT NULL AND lieu_departement IS NULL AND lieu_type IS DISTINCT FROM 'region' AND lieu_type IS DISTINCT FROM 'pays'
UNION ALL
SELECT 'correction', ligne, 'considerationsSociales', array_to_string(brut.sociales, ', '), 'consideration_libelle',
    format('Considération « {} » lue « {} ».', array_to_string(brut.sociales, ', '), array_to_string(sociales, ', '))
FROM decp_propre WHERE sociales_reecrites
UNION ALL
SELECT 'correction', ligne, 'considerationsSociales', array_to_string(brut.sociales, ', '), 'consideration_contradictoire',
    '« Pas de considération sociale » à côté d’une considération : seule la considération est gardée.'
FROM decp_propre WHERE sociales_contradictoires
UNION ALL
SELECT 'correction', ligne, 'considerationsSociales', array_to_string(brut.sociales, ', '), 'consideration_inconnue',
    format('Considération sociale inconnue dans « {} » : ignorée.', array_to_string(brut.sociales, ', '))
FROM decp_propre WHERE sociales_inconnues
UNION ALL
SELECT 'avertissement', ligne, 'objet', left(objet, 200), 'caractere_illisible', 'Caractères perdus dans l’objet avant réception : texte gardé tel quel.'
FROM decp_propre WHERE contains(objet, chr(65533))
UNION ALL
SELECT 'avertissement', ligne, 'acheteur.nom', acheteur_nom, 'caractere_illisible', 'Caractères perdus dans le nom de l’acheteur avant réception : texte gardé tel quel.'
FROM decp_propre WHERE contains(acheteur_nom, chr(65533))
) ORDER BY ligne;
