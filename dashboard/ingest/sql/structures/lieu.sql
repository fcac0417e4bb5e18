-- Purpose: commune of each structure, and whether it is in Île-de-France.
-- Grain: structures_situe, one row per record of structures_lu.
-- Columns: n, commune, insee_lu, ancienne (former code), deduite (unknown INSEE code, placed otherwise), perimetre (idf|hors|inconnu).
CREATE OR REPLACE TEMP TABLE structures_situe AS
WITH postaux AS (
    SELECT code_postal, any_value(commune) AS commune, any_value(departement) AS departement FROM ref_postal GROUP BY 1
), villes AS (
    SELECT departement, structures_ville(nom) AS ville, any_value(code) AS commune FROM ref_commune GROUP BY ALL
    HAVING count(*) = 1
), lus AS (
    SELECT n, regexp_replace(upper(replace(decp_texte(code_insee), ' ', '')), '^([0-9]{4})$', '0\1') AS insee_lu,
        regexp_replace(replace(decp_texte(code_postal), ' ', ''), '^([0-9]{4})$', '0\1') AS postal_lu,
        structures_ville(ville) AS ville, decp_departement(departement) AS departement_lu
    FROM structures_lu
), joints AS (
    SELECT lus.*, coalesce(c.code, a.code) AS par_insee, c.code IS NULL AND a.code IS NOT NULL AND insee_lu NOT LIKE '751%' AS ancienne,
        p.commune AS par_postal,
        coalesce((SELECT r.departement FROM ref_commune r WHERE r.code = coalesce(c.code, a.code)),
            structures_departement(insee_lu),
            p.departement, structures_departement(postal_lu), departement_lu) AS departement
    FROM lus LEFT JOIN ref_commune c ON c.code = insee_lu LEFT JOIN ref_ancienne a ON a.ancien = insee_lu
    LEFT JOIN postaux p ON p.code_postal = postal_lu
), places AS (
    SELECT j.*, coalesce(par_insee, par_postal, v.commune, CASE WHEN j.departement = '75' THEN '75056' END) AS commune
    FROM joints j LEFT JOIN villes v ON v.departement = j.departement AND v.ville = j.ville
)
SELECT n, commune, insee_lu, ancienne, insee_lu IS NOT NULL AND par_insee IS NULL AND commune IS NOT NULL AS deduite,
    CASE WHEN departement IN ('75', '77', '78', '91', '92', '93', '94', '95') THEN 'idf'
        WHEN departement IS NOT NULL THEN 'hors' ELSE 'inconnu' END AS perimetre
FROM places;
