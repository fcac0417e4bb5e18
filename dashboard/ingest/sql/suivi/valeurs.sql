-- But : lire une seule fois chaque valeur distincte d’une colonne qui se répète (dates, nombres, codes).
-- Grain : une valeur distincte de la colonne.
-- Colonnes : texte, valeur (NULL si elle n’a pas la forme voulue), conforme (écrite comme annoncé).
SELECT t.$colonne AS texte, $valeur AS valeur, $conforme AS conforme
FROM (SELECT DISTINCT $colonne FROM suivi_texte WHERE $colonne IS NOT NULL) AS t
