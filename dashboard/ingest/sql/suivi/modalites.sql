-- But : traduire les valeurs distinctes des colonnes à nomenclature d’un tableau (une seule, ou plusieurs séparées).
-- Grain : une valeur distincte d’une colonne. Un code s’écrit exactement ; un libellé, à la casse et aux accents près.
-- Colonnes : colonne, texte, codes triés, inconnu (une partie n’est pas traduite), conforme, sensible.
SELECT
    m.colonne, m.texte,
    list_sort(list_distinct(list(cles.code) FILTER (WHERE cles.code IS NOT NULL))) AS codes,
    bool_or(cles.cle IS NULL) AS inconnu,
    bool_and(coalesce(cles.souple OR list_contains(cles.exactes, m.morceau), false)) AS conforme,
    bool_or(coalesce(cles.sensible, false)) AS sensible
FROM ($branches) AS m LEFT JOIN (
    SELECT
        colonne, cle_libre(texte) AS cle, arg_min(code, priorite) AS code, arg_min(sensible, priorite) AS sensible,
        bool_or(conforme AND priorite <> 2) AS souple, list(texte) FILTER (WHERE conforme) AS exactes
    FROM suivi_traduction GROUP BY 1, 2
) AS cles ON cles.colonne = m.colonne AND cles.cle = cle_libre(m.morceau)
WHERE m.morceau IS NOT NULL
GROUP BY m.colonne, m.texte
