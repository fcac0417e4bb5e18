-- Purpose: the operations that have a sheet, for the search box.
-- Grain: one row per operation named.
-- Columns: operation_id, nom.
SELECT operation_id, nom FROM operation WHERE nom IS NOT NULL ORDER BY programme, ligne, nom, operation_id
