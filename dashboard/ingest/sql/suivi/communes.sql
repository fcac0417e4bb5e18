-- But : ramener les codes de commune distincts d’une colonne à la liste en vigueur (arrondissements, communes réunies).
-- Grain : une valeur distincte de la colonne. Sans liste de référence, la forme du code suffit ; une résidence peut être ailleurs.
-- Colonnes : celles de modalites.sql ; un ancien code est conforme (signalé une fois par commune, non par ligne).
SELECT
    $nom AS colonne, v.texte, CASE WHEN admise THEN [coalesce(a.code, v.lu)] END AS codes, NOT admise AS inconnu,
    v.texte = v.lu AS conforme, a.code IS NOT NULL AS sensible
FROM (
    SELECT texte, commune_lue(texte) AS lu
    FROM (SELECT DISTINCT $colonne AS texte FROM suivi_texte WHERE $colonne IS NOT NULL)
) AS v
LEFT JOIN ref_ancienne AS a ON a.ancien = v.lu
LEFT JOIN ref_commune AS c ON c.code = coalesce(a.code, v.lu),
LATERAL (SELECT c.code IS NOT NULL OR NOT EXISTS (SELECT 1 FROM ref_commune)
    OR ($residence AND coalesce(hors_region(v.lu), false)) AS admise) AS d
