-- But : lire le dépôt temporaire où un classeur, ou un CSV irrégulier, vient d’être recopié ligne à ligne.
-- Grain : une ligne de la source, numérotée par le lecteur.
-- Colonnes : numero_ligne, puis c0, c1… en texte.
CREATE OR REPLACE TEMP TABLE $brut AS
SELECT *
FROM read_csv(?, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    columns = $colonnes, max_line_size = 4000000)
