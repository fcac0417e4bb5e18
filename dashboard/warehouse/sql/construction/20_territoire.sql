-- Purpose: territories of the maps and nomenclatures, as the site shows them.
-- Grain: one row per territory; one row per code of a nomenclature.
-- Columns: territoire(code, niveau, nom, tncc, …); nomenclature(liste, code, libelle, ordre).
CREATE TABLE territoire AS SELECT * FROM travail.ref_territoire ORDER BY niveau, code;
CREATE TABLE commune AS SELECT code, nom, departement, epci FROM travail.ref_commune ORDER BY code;
CREATE TABLE nomenclature AS SELECT liste, code, libelle, ordre FROM travail.nomenclature ORDER BY liste, ordre;
