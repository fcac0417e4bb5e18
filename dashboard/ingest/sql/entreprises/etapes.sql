-- Purpose: empty staging table of the sizes of firms.
-- Grain: one legal unit of one file.
-- Columns: siren (9 digits), categorie (pme, eti, ge), source_id, ligne.
CREATE TABLE IF NOT EXISTS entreprise_etape (siren VARCHAR, categorie VARCHAR, source_id INTEGER, ligne BIGINT);
