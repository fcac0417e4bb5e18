-- Purpose: one row per structure and type across lists; every copy set aside is reported.
-- Grain: structure, one row per SIRET and type (a structure without SIRET is never taken for another).
-- Columns: structure_no, siret, nom, type, commune, lon, lat, source_id. The copy that has a point wins, then the first read.
CREATE OR REPLACE TEMP TABLE structures_choix AS
SELECT e.*, row_number() OVER fenetre AS place, first_value(e.source_id) OVER fenetre AS source_gardee,
    first_value(e.ligne) OVER fenetre AS ligne_gardee
FROM structures_etape e
WINDOW fenetre AS (PARTITION BY coalesce(siret, source_id || '-' || n), type ORDER BY lon IS NULL, source_id, n);

INSERT INTO constat
SELECT c.source_id, 'avertissement', NULL, c.ligne, 'siret', c.siret, 'doublon',
    format('Structure déjà présente dans « {} » (ligne {}), même SIRET et même type : une seule est comptée.', s.fichier, c.ligne_gardee)
FROM structures_choix c JOIN source s ON s.source_id = c.source_gardee WHERE c.place > 1 ORDER BY c.source_id, c.ligne;

CREATE OR REPLACE TABLE structure AS
SELECT CAST(row_number() OVER (ORDER BY c.commune, t.ordre, c.siret, c.nom, c.source_id, c.n) AS INTEGER) AS structure_no,
    c.siret, c.nom, c.type, c.commune, c.lon, c.lat, c.source_id
FROM structures_choix c JOIN nomenclature t ON t.liste = 'type_structure' AND t.code = c.type
WHERE c.place = 1 ORDER BY structure_no;

DROP TABLE structures_choix;
DROP TABLE structures_etape;
