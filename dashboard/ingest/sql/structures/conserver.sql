-- Purpose: add the structures of this file to the staging of all files.
-- Grain: structures_etape, one row per structure and type.
-- Columns: source_id, n, ligne, siret, nom, type, commune, lon, lat.
INSERT INTO structures_etape
SELECT getvariable('structures_source')::INTEGER, p.n, p.ligne, p.siret, coalesce(p.nom, t.libelle), t.code, p.commune, p.lon, p.lat
FROM structures_propre p JOIN nomenclature t ON t.liste = 'type_structure' AND list_contains(p.types, t.code);
