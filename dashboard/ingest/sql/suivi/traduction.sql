-- But : préparer les traductions d’un tableau (libellé ou code écrit dans la source → code de la nomenclature).
-- Grain : une écriture possible d’une colonne ; $propres : celles de la correspondance et du gabarit, $listes : colonne et nomenclature.
-- Colonnes : colonne, texte, code, conforme (écriture annoncée), sensible, priorité (0 correspondance, 1 sensible, 2 code, 3 libellé).
CREATE OR REPLACE TEMP TABLE suivi_traduction AS
SELECT * FROM (VALUES $propres (NULL, NULL, NULL, NULL, NULL, NULL))
    AS e (colonne, texte, code, conforme, sensible, priorite) WHERE colonne IS NOT NULL
UNION ALL
SELECT l.colonne, unnest([n.code, n.libelle]), n.code, unnest([true, $libelles]), false, unnest([2, 3])
FROM nomenclature AS n JOIN (VALUES $listes) AS l (colonne, liste) ON l.liste = n.liste
