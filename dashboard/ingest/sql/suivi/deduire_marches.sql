-- But : retrouver le secteur et le type d’achat d’un lot par son code CPV, ou le type d’achat par le secteur.
-- Grain : un lot dont l’un des deux manque ou n’est pas compris.
-- Colonnes : celles de constat ; division CPV 45 travaux, 03 à 44 et 48 fournitures, le reste services (règlement CE 213/2008).
CREATE OR REPLACE TEMP TABLE suivi_deduit AS
SELECT
    t.numero_ligne,
    CASE WHEN t.secteur IS NULL THEN
        (SELECT arg_max(r.secteur, length(r.prefixe)) FROM ref_cpv_secteur AS r WHERE starts_with(t.cpv, r.prefixe))
    END AS secteur,
    CASE WHEN t.type_achat IS NOT NULL THEN NULL
        WHEN t.cpv[:2] = '45' THEN 'travaux'
        WHEN t.cpv[:2] <= '44' OR t.cpv[:2] = '48' THEN 'fournitures'
        WHEN t.cpv IS NOT NULL THEN 'services'
        WHEN t.secteur IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics') THEN 'travaux'
    END AS type_achat
FROM suivi_type AS t WHERE t.secteur IS NULL OR t.type_achat IS NULL;
INSERT INTO constat
SELECT
    $source, 'correction', $feuille, d.numero_ligne, c.colonne, c.valeur, 'deduit',
    concat('« ', c.titre, ' » absent ou inconnu, déduit du code CPV ou du secteur : « ', c.code, ' ».')
FROM suivi_deduit AS d JOIN suivi_type AS t USING (numero_ligne),
    LATERAL (VALUES ($source_secteur, t."secteur@", 'Secteur d’activité', d.secteur),
        ($source_type_achat, t."type_achat@", 'Type d’achat', d.type_achat)) AS c (colonne, valeur, titre, code)
WHERE c.code IS NOT NULL;
UPDATE suivi_type SET secteur = coalesce(suivi_type.secteur, d.secteur),
    type_achat = coalesce(suivi_type.type_achat, d.type_achat),
    "secteur!" = "secteur!" OR d.secteur IS NOT NULL, "type_achat!" = "type_achat!" OR d.type_achat IS NOT NULL
FROM suivi_deduit AS d WHERE d.numero_ligne = suivi_type.numero_ligne;
DROP TABLE suivi_deduit;
