-- Purpose: read the values of the structures that may concern Île-de-France by the rules of macros.sql.
-- Grain: structures_propre, one row per record with at least one type of ours, or whose type must be rejected.
-- Columns: commune, siret, nom, lon, lat cleaned; personne, point (ok|absent|inverse|illisible|hors); raw values in « brut ».
CREATE OR REPLACE TEMP TABLE structures_propre AS
WITH degres AS (
    SELECT n, decp_nombre(lon) AS x, decp_nombre(lat) AS y FROM structures_lu
), points AS (
    SELECT n, CASE WHEN structures_lon(x) IS NOT NULL AND structures_lat(y) IS NOT NULL THEN 'ok'
            WHEN structures_lon(y) IS NOT NULL AND structures_lat(x) IS NOT NULL THEN 'inverse'
            WHEN decp_texte(lon) IS NULL AND decp_texte(lat) IS NULL THEN 'absent'
            WHEN x IS NULL OR y IS NULL THEN 'illisible' ELSE 'hors' END AS point, x, y
    FROM degres JOIN structures_lu USING (n)
), typees AS (
    SELECT n, list_sort(list(type)) AS tous FROM structures_types GROUP BY n
)
SELECT s.*, l AS brut, l.ligne, list_filter(tous, lambda t: t <> '') AS types,
    CASE WHEN regexp_full_match(decp_siret(l.siret), '[0-9]{14}') AND NOT regexp_full_match(decp_siret(l.siret), '0+')
        THEN decp_siret(l.siret) END AS siret,
    structures_personne(l.nom, l.forme) AS personne,
    CASE WHEN NOT structures_personne(l.nom, l.forme) THEN structures_nom(l.nom) END AS nom,
    point,
    CASE point WHEN 'ok' THEN round(x, 5) WHEN 'inverse' THEN round(y, 5) END AS lon,
    CASE point WHEN 'ok' THEN round(y, 5) WHEN 'inverse' THEN round(x, 5) END AS lat
FROM structures_situe s JOIN structures_lu l USING (n) JOIN points USING (n) LEFT JOIN typees USING (n)
WHERE perimetre <> 'hors'
    AND (len(types) > 0 OR (tous IS NULL AND NOT getvariable('structures_ouverte')::BOOLEAN));
