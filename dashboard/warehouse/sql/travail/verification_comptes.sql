-- Purpose: the account of the lists of structures that were just read.
-- Grain: one row per source.
-- Columns: format, lues, retenues, hors_champ (records of the file).
SELECT format, lues, retenues, hors_champ FROM source ORDER BY source_id;
