-- Purpose: the account of one list of firms: what was kept, what was rejected (the rest of the file has no category).
-- Grain: one row.
-- Columns: retenues, rejetees.
SELECT count(*) FILTER (siren IS NOT NULL AND categorie IS NOT NULL) AS retenues,
    count(*) FILTER (siren IS NULL OR categorie IS NULL) AS rejetees
FROM entreprise_lue;
