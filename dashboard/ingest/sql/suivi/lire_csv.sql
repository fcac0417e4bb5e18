-- But : lire un CSV sain (une ligne du fichier par enregistrement) sans rien interpréter.
-- Grain : une ligne du fichier, la première (titres) exclue.
-- Colonnes : numero_ligne (numéro dans le fichier), puis c0, c1… en texte.
CREATE OR REPLACE TEMP TABLE $brut AS
SELECT row_number() OVER () + 1 AS numero_ligne, *
FROM read_csv(?, auto_detect = false, header = true, delim = $separateur, quote = '"', escape = '"',
    columns = $colonnes, max_line_size = 4000000)
