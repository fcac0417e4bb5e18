-- Purpose: types of each structure, by the codes of the nomenclature and the words of the mapping.
-- Grain: structures_types, one row per record and type; a structure under two agreements has two.
-- Columns: n, type. structures_codes(cle, code) has been filled for this file; an empty code is a network that is not ours.
CREATE OR REPLACE TEMP TABLE structures_types AS
WITH valeurs AS (SELECT n, unnest(structures_liste(type)) AS cle FROM structures_lu)
SELECT DISTINCT v.n, c.code AS type FROM valeurs v JOIN structures_codes c USING (cle);
