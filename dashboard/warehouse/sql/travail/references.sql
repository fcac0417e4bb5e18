-- Purpose: reference tables of the working database, that the loaders and the build join on.
-- Grain: one row per territory, commune, former commune, postal code, seat, CPV prefix, code, cell of the p-table.
-- Columns: $territoires, $acheteurs, $cpv, $nomenclatures, $ptable, $seuils and $objectifs are the project's CSV files.
CREATE TABLE ref_territoire AS
SELECT code, niveau, nom, CAST(tncc AS UTINYINT) AS tncc, siren, CAST(population AS INTEGER) AS population,
       CAST(superficie_km2 AS DOUBLE) AS superficie_km2, CAST(lon AS DOUBLE) AS lon, CAST(lat AS DOUBLE) AS lat,
       departement, epci, anciens_codes, codes_postaux
FROM read_csv($territoires, all_varchar = true, header = true);
CREATE TABLE ref_commune AS SELECT code, nom, departement, epci FROM ref_territoire WHERE niveau = 'commune';
CREATE TABLE ref_ancienne AS
SELECT DISTINCT unnest(string_split(anciens_codes, '|')) AS ancien, code FROM ref_territoire
WHERE niveau = 'commune' AND anciens_codes <> '';
INSERT INTO ref_ancienne SELECT CAST(i AS VARCHAR), '75056' FROM range(75101, 75121) AS t(i)
WHERE CAST(i AS VARCHAR) NOT IN (SELECT ancien FROM ref_ancienne);
CREATE TABLE ref_postal AS
WITH paire AS (
    SELECT unnest(string_split(codes_postaux, '|')) AS code_postal, code, departement FROM ref_territoire
    WHERE niveau = 'commune' AND codes_postaux <> ''
)
SELECT code_postal, CASE WHEN count(DISTINCT code) = 1 THEN any_value(code) END AS commune, mode(departement) AS departement
FROM paire GROUP BY code_postal;
CREATE TABLE ref_siege AS
SELECT siren, nom, categorie, commune, departement FROM read_csv($acheteurs, all_varchar = true, header = true)
QUALIFY row_number() OVER (PARTITION BY siren ORDER BY nom) = 1;
CREATE TABLE ref_cpv_secteur AS SELECT prefixe, secteur FROM read_csv($cpv, all_varchar = true, header = true);
CREATE TABLE nomenclature AS
SELECT parse_filename(filename, true) AS liste, code, libelle, CAST(ordre AS INTEGER) AS ordre
FROM read_csv($nomenclatures, all_varchar = true, header = true, filename = true, union_by_name = true);
CREATE TABLE ptable AS
SELECT * FROM read_csv($ptable, header = true, columns = {'pcv': 'UTINYINT', 'ckey': 'UTINYINT', 'pvalue': 'TINYINT'});
CREATE TABLE ref_seuil AS
SELECT * FROM read_csv($seuils, header = true, columns = {'debut': 'DATE', 'fin': 'DATE', 'type_achat': 'VARCHAR',
    'acheteur': 'VARCHAR', 'seuil': 'DOUBLE', 'origine': 'VARCHAR', 'source': 'VARCHAR'});
CREATE TABLE ref_objectif AS
SELECT * FROM read_csv($objectifs, header = true, columns = {'cle': 'VARCHAR', 'debut': 'DATE', 'fin': 'DATE', 'valeur': 'DOUBLE',
    'unite': 'VARCHAR', 'libelle': 'VARCHAR', 'origine': 'VARCHAR', 'source': 'VARCHAR'});
