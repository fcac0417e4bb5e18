-- Purpose: the inclusive structures (insertion, adapted work) that could answer a clause.
-- Grain: one row per SIRET and type; a structure under two agreements has two rows.
-- Columns: structure_no, siret (NULL unknown), nom, type, commune (INSEE), lon, lat (degrees WGS84, NULL unknown), source_id. No contact, no person.
CREATE TYPE t_structure AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'type_structure' ORDER BY ordre);
CREATE TABLE structure AS
SELECT structure_no, siret, nom, type::t_structure AS type, commune, lon, lat, source_id
FROM travail.structure ORDER BY structure_no;
