-- Purpose: set aside the structures that cannot be used, with every reason.
-- Grain: constat, one row per structure and reason; structures_ecartes, one row per rejected structure.
-- Columns: those of constat.
CREATE OR REPLACE TEMP TABLE structures_motifs AS
SELECT n, ligne, 'type' AS colonne, NULL AS valeur, 'type_absent' AS regle,
    'Type de structure absent (EI, ACI, AI, ETTI, GEIQ, EA, ESAT…).' AS message
FROM structures_propre WHERE len(coalesce(types, [])) = 0 AND decp_texte(brut.type) IS NULL
UNION ALL
SELECT n, ligne, 'type', brut.type, 'type_inconnu', format('Type de structure « {} » absent de la nomenclature.', brut.type)
FROM structures_propre WHERE len(coalesce(types, [])) = 0 AND decp_texte(brut.type) IS NOT NULL
UNION ALL
SELECT n, ligne, 'nom', NULL, 'nom_absent', 'Structure sans nom.' FROM structures_propre WHERE nom IS NULL AND NOT personne
UNION ALL
SELECT n, ligne, 'commune', NULL, 'lieu_absent', 'Structure sans commune, code postal ni département : elle ne peut pas être située.'
FROM structures_propre WHERE perimetre = 'inconnu'
UNION ALL
SELECT n, ligne, 'commune', concat_ws(' ', brut.code_insee, brut.code_postal, brut.ville), 'commune_inconnue',
    format('Commune « {} » inconnue des référentiels : la structure ne peut pas être située.',
        concat_ws(' ', brut.code_insee, brut.code_postal, brut.ville))
FROM structures_propre WHERE perimetre = 'idf' AND commune IS NULL;

CREATE OR REPLACE TEMP TABLE structures_ecartes AS SELECT DISTINCT n FROM structures_motifs;

INSERT INTO constat
SELECT getvariable('structures_source')::INTEGER, 'rejet', NULL, ligne, colonne, valeur, regle, message
FROM structures_motifs ORDER BY ligne, regle;

DELETE FROM structures_propre WHERE n IN (FROM structures_ecartes);
