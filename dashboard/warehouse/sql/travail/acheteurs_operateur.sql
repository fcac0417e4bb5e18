-- Purpose: seats of contracting authorities supplied by the operator, over those of the project.
-- Grain: one row per SIREN.
-- Columns: $acheteurs is a CSV with siren, nom, categorie, commune, departement (only siren and commune are required).
CREATE TEMP TABLE siege_operateur AS
SELECT left(regexp_replace(siren, '[^0-9]', '', 'g'), 9) AS siren, nullif(trim(nom), '') AS nom,
       nullif(trim(categorie), '') AS categorie, commune, departement
FROM (SELECT NULL AS nom, NULL AS categorie, NULL AS departement, NULL AS siren, NULL AS commune WHERE false
      UNION ALL BY NAME SELECT * FROM read_csv($acheteurs, all_varchar = true, header = true));
CREATE OR REPLACE TABLE ref_siege AS
WITH tout AS (
    SELECT o.siren, coalesce(o.nom, r.nom) AS nom, coalesce(o.categorie, r.categorie, 'nd') AS categorie,
           coalesce(a.code, o.commune) AS commune, 1 AS rang
    FROM siege_operateur o LEFT JOIN ref_siege r USING (siren) LEFT JOIN ref_ancienne a ON a.ancien = o.commune
    WHERE length(o.siren) = 9
    UNION ALL SELECT siren, nom, categorie, commune, 2 FROM ref_siege
)
SELECT t.siren, t.nom, t.categorie, t.commune, c.departement
FROM tout t LEFT JOIN ref_commune c ON c.code = t.commune
QUALIFY row_number() OVER (PARTITION BY siren ORDER BY rang) = 1;
DROP TABLE siege_operateur;
