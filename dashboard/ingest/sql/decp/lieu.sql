-- Purpose: place of execution and seat of the buyer, and whether the contract concerns Île-de-France.
-- Grain: decp_situe, one row per contract of decp_lu.
-- Columns: n, lieu_type, lieu_code, lieu_commune, lieu_departement, lieu_ancien, lieu_inconnu, siege_commune, siege_departement, perimetre (concession|idf|hors|inconnu).
CREATE OR REPLACE TEMP TABLE decp_situe AS
WITH postaux AS (
    SELECT code_postal, any_value(commune) AS commune, any_value(departement) AS departement FROM ref_postal GROUP BY 1
), lus AS (
    SELECT n, concession, decp_type_lieu(lieu_type) AS type_ecrit,
        upper(replace(decp_texte(lieu_code), ' ', '')) AS code_ecrit,
        CASE WHEN type_ecrit IN ('code_postal', 'commune') THEN regexp_replace(code_ecrit, '^([0-9]{4})$', '0\1') ELSE code_ecrit END AS code_lu,
        left(decp_siret(acheteur_id), 9) AS siren, decp_departement(acheteur_departement) AS acheteur_departement,
        decp_texte(acheteur_commune) AS acheteur_commune, replace(decp_texte(acheteur_postal), ' ', '') AS acheteur_postal
    FROM decp_lu
), joints AS (
    SELECT lus.*, coalesce(type_ecrit, CASE WHEN length(code_lu) = 5 AND coalesce(c.code, a.code) IS NOT NULL THEN 'commune'
            WHEN regexp_full_match(code_lu, '[0-9]{5}') THEN 'code_postal'
            WHEN regexp_full_match(code_lu, '[0-9]{2}|2[AB]|97[0-9]') THEN 'departement' END) AS type_lu,
        coalesce(c.code, a.code) AS insee, c.code IS NULL AND a.code IS NOT NULL AS ancien,
        p.code_postal IS NOT NULL AS postal_connu, p.commune AS postal_commune, p.departement AS postal_departement
    FROM lus LEFT JOIN ref_commune c ON c.code = lus.code_lu LEFT JOIN ref_ancienne a ON a.ancien = lus.code_lu
    LEFT JOIN postaux p ON p.code_postal = lus.code_lu
), communes AS (
    SELECT *, CASE WHEN type_lu IN ('region', 'pays') THEN NULL
        WHEN type_lu = 'code_postal' THEN CASE WHEN postal_connu THEN postal_commune ELSE insee END
        ELSE coalesce(insee, postal_commune) END AS commune
    FROM joints
), departements AS (
    SELECT j.*, CASE WHEN type_lu IN ('region', 'pays') OR code_lu IS NULL THEN NULL
        WHEN commune IS NOT NULL THEN c.departement
        WHEN postal_connu AND length(code_lu) = 5 THEN postal_departement
        WHEN type_lu IN ('arrondissement', 'canton') AND regexp_full_match(code_lu, '[0-9][0-9AB][0-9]{1,2}')
            THEN CASE WHEN code_lu LIKE '97%' THEN left(code_lu, 3) ELSE left(code_lu, 2) END
        ELSE decp_departement(code_lu) END AS departement
    FROM communes j LEFT JOIN ref_commune c ON c.code = j.commune
), lieux AS (
    SELECT *, coalesce(departement IN ('75', '77', '78', '91', '92', '93', '94', '95')
            OR (type_lu = 'region' AND code_lu IN ('11', 'R11', 'FR1', 'FR10', 'IDF', 'FR-IDF')), false) AS lieu_idf,
        departement IS NOT NULL OR (type_lu = 'region' AND regexp_full_match(code_lu, '[A-Z-]*[0-9]+'))
            OR (type_lu = 'pays' AND code_lu NOT IN ('FR', 'FRA', 'FRANCE')) AS lieu_connu
    FROM departements
), sieges AS (
    -- Where the file says where the buying establishment is, it is more precise than the head office of its SIREN.
    SELECT l.*, s.commune AS tete_commune, s.departement AS tete_departement, coalesce(sc.code, sp.commune) AS etablissement_commune,
        coalesce(sc.departement, l.acheteur_departement, sp.departement, decp_departement(l.acheteur_postal)) AS etablissement_departement
    FROM lieux l LEFT JOIN ref_siege s ON s.siren = l.siren AND s.siren <> ''
    LEFT JOIN ref_commune sc ON sc.code = l.acheteur_commune LEFT JOIN postaux sp ON sp.code_postal = l.acheteur_postal
), situes AS (
    SELECT *, coalesce(etablissement_departement, tete_departement) AS siege_departement,
        coalesce(etablissement_commune, CASE WHEN coalesce(etablissement_departement, tete_departement) = tete_departement
            THEN tete_commune END) AS siege_commune
    FROM sieges
)
SELECT n, type_lu AS lieu_type, code_lu AS lieu_code,
    CASE WHEN commune IS NULL AND departement = '75' THEN '75056' ELSE commune END AS lieu_commune, departement AS lieu_departement,
    ancien AND commune IS NOT NULL AND code_lu NOT LIKE '751%' AS lieu_ancien,
    code_lu IS NOT NULL AND lieu_idf AND length(code_lu) = 5 AND commune IS NULL AND NOT postal_connu AS lieu_inconnu,
    siege_commune, siege_departement,
    CASE WHEN concession THEN 'concession'
        WHEN lieu_idf OR siege_departement IN ('75', '77', '78', '91', '92', '93', '94', '95') THEN 'idf'
        WHEN lieu_connu OR siege_departement IS NOT NULL THEN 'hors' ELSE 'inconnu' END AS perimetre
FROM situes;
