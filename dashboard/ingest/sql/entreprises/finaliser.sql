-- Purpose: one category per firm over all the lists; the first one read wins, a different one is reported.
-- Grain: entreprise, one row per SIREN.
-- Columns: siren, categorie.
CREATE OR REPLACE TABLE entreprise AS
SELECT siren, arg_min(categorie, (source_id, ligne)) AS categorie FROM entreprise_etape GROUP BY siren;
INSERT INTO constat
SELECT e.source_id, 'avertissement', NULL, e.ligne, 'categorieEntreprise', e.categorie, 'categorie_discordante',
    format('SIREN {} déjà lu avec la catégorie « {} » : c’est elle qui est gardée.', e.siren, upper(g.categorie))
FROM entreprise_etape e JOIN entreprise g USING (siren) WHERE e.categorie <> g.categorie ORDER BY e.source_id, e.ligne;
DROP TABLE entreprise_etape;
