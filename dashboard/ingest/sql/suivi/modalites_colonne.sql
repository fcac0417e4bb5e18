-- But : donner les valeurs distinctes d’une colonne à nomenclature, chacune en morceaux (branche de modalites.sql).
-- Grain : un morceau d’une valeur distincte.
-- Colonnes : colonne, texte (valeur entière), morceau.
SELECT $nom AS colonne, texte, texte(unnest($decoupe)) AS morceau
FROM (SELECT DISTINCT $colonne AS texte FROM suivi_texte WHERE $colonne IS NOT NULL)
