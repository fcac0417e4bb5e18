-- Purpose: take the records of a JSON or XML file, already flattened to NDJSON, as the common raw table.
-- Grain: decp_lu, one row per contract.
-- Columns: those of COLONNES_LUES (decp_normalise.py); $1 is the NDJSON file, $colonnes the types of its columns.
CREATE OR REPLACE TEMP TABLE decp_lu AS
SELECT *, false AS perime FROM read_json($1, format = 'newline_delimited', columns = $colonnes, maximum_object_size = 67108864);
