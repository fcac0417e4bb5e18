-- But : communes en vigueur et anciens codes, pour vérifier un fichier hors de toute construction.
-- Grain : une commune ; un ancien code.
-- Colonnes : celles de ref_commune et ref_ancienne. territoires : chemin de geo/territoires.csv.
INSERT INTO ref_commune
SELECT code, nom FROM read_csv($territoires, all_varchar = true, header = true) WHERE niveau = 'commune';
INSERT INTO ref_ancienne
SELECT unnest(string_split(anciens_codes, '|')), code
FROM read_csv($territoires, all_varchar = true, header = true) WHERE niveau = 'commune' AND anciens_codes IS NOT NULL;
