-- Purpose: empty staging table of the loader of structures.
-- Grain: one row per structure, type and file.
-- Columns: those of the table « structure », plus n (rank in the file) and ligne.
CREATE TABLE IF NOT EXISTS structures_etape (
    source_id INTEGER, n BIGINT, ligne BIGINT, siret VARCHAR, nom VARCHAR, type VARCHAR, commune VARCHAR,
    lon DOUBLE, lat DOUBLE);
