-- But : chercher une date entière dans une colonne qui ne doit porter qu’une année de naissance.
-- Grain : une ligne par colonne.
-- Colonnes : première ligne (NULL si aucune) portant une date entière.
SELECT min(numero_ligne) AS date_entiere FROM $brut
WHERE length(texte($colonne)) >= 6 AND est_date_complete(texte($colonne))
