-- But : chercher des identifiants directs dans les valeurs d’une colonne lue ; ne rend jamais la valeur.
-- Grain : une ligne par colonne.
-- Colonnes : première ligne (NULL si aucune) portant une adresse électronique, un téléphone, un NIR.
SELECT
    min(numero_ligne) FILTER (WHERE est_courriel(v)) AS courriel,
    min(numero_ligne) FILTER (WHERE est_telephone_espace(v) OR (NOT $reference AND est_telephone_compact(v)))
        AS telephone,
    min(numero_ligne) FILTER (WHERE est_nir_15(v) OR (NOT $reference AND est_nir_13(v))) AS nir
FROM (SELECT numero_ligne, $colonne AS v FROM $brut WHERE a_examiner($colonne))
