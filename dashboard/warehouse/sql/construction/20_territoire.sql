-- Purpose: territories of the maps, nomenclatures, and table of the cell key method, as the site reads them.
-- Grain: one row per territory; one row per code of a nomenclature; one row per count (1–9) and cell key (0–255).
-- Columns: territoire(code, niveau, nom, tncc, …); nomenclature(liste, code, libelle, ordre); ptable(pcv, ckey, pvalue).
CREATE TABLE territoire AS SELECT * FROM travail.ref_territoire ORDER BY niveau, code;
CREATE TABLE commune AS SELECT code, nom, departement, epci FROM travail.ref_commune ORDER BY code;
CREATE TABLE nomenclature AS
SELECT liste, code, libelle, ordre FROM travail.nomenclature
UNION ALL
SELECT n.liste, g.code, g.libelle, max(n.ordre) + 1
FROM (VALUES ('categorie_acheteur', 'grands_projets', 'Grands maîtres d’ouvrage franciliens'),
             ('programme', 'ensemble', 'Grands projets publiés ensemble')) AS g(liste, code, libelle)
JOIN travail.nomenclature n USING (liste)
WHERE EXISTS (SELECT 1 FROM travail.source WHERE diffusion = 'agrege' AND nature = 'suivi')
GROUP BY ALL
ORDER BY liste, ordre;
CREATE TABLE ptable AS SELECT * FROM travail.ptable ORDER BY pcv, ckey;
