-- Purpose: say what is wrong in a list of firms, and keep the rest.
-- Grain: constat, one row per row set aside or SIREN completed; entreprise_etape, one row kept.
-- Columns: those of constat.
INSERT INTO constat
SELECT getvariable('entreprises_source')::INTEGER, nature, NULL, ligne, colonne, valeur, regle, message FROM (
    SELECT 'rejet' AS nature, ligne, 'siren' AS colonne, siren_brut AS valeur, 'siren_invalide' AS regle,
        format('SIREN « {} » : neuf chiffres attendus ; la ligne est rejetée.', coalesce(siren_brut, '')) AS message
    FROM entreprise_lue WHERE siren IS NULL
    UNION ALL
    SELECT 'rejet', ligne, 'categorieEntreprise', left(categorie_brute, 40), 'categorie_inconnue',
        format('Catégorie « {} » inconnue : PME, ETI ou GE attendu ; la ligne est rejetée.', left(categorie_brute, 40))
    FROM entreprise_lue WHERE siren IS NOT NULL AND categorie IS NULL
    UNION ALL
    SELECT 'correction', ligne, 'siren', siren_brut, 'siren_zeros', format('SIREN « {} » sans ses zéros de tête, lu {}.', siren_brut, siren)
    FROM entreprise_lue WHERE length(siren_brut) < 9 AND siren IS NOT NULL AND categorie IS NOT NULL
) ORDER BY ligne;
INSERT INTO entreprise_etape
SELECT siren, categorie, getvariable('entreprises_source')::INTEGER, ligne FROM entreprise_lue
WHERE siren IS NOT NULL AND categorie IS NOT NULL;
