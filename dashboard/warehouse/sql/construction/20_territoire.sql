-- Purpose: territories of the maps, nomenclatures, and table of the cell key method, as the site reads them.
-- Grain: one row per territory; one row per code of a nomenclature; one row per count (1–9) and cell key (0–255).
-- Columns: territoire(code, niveau, nom, tncc, …); nomenclature(liste, code, libelle, ordre); ptable(pcv, ckey, pvalue).
CREATE TABLE territoire AS SELECT * FROM travail.ref_territoire ORDER BY niveau, code;
CREATE TABLE commune AS SELECT code, nom, departement, epci FROM travail.ref_commune ORDER BY code;
CREATE TABLE nomenclature AS
SELECT liste, code, libelle, ordre FROM travail.nomenclature
UNION ALL
SELECT 'categorie_acheteur', 'grands_projets', 'Grands maîtres d’ouvrage franciliens', max(ordre) + 1
FROM travail.nomenclature WHERE liste = 'categorie_acheteur'
HAVING EXISTS (SELECT 1 FROM travail.source WHERE diffusion = 'agrege' AND nature = 'suivi')
ORDER BY liste, ordre;
CREATE TABLE ptable AS SELECT * FROM travail.ptable ORDER BY pcv, ckey;
