-- Purpose: how many contracts and followed lots a selection has, to be listed or not.
-- Grain: one row.
-- Columns: lignes (listed), suivis (lots among them), ensemble (of the owners only published together: counted, never listed).
SELECT count(*) FILTER (acheteur <> 'grands_projets') AS lignes,
       count(*) FILTER (acheteur <> 'grands_projets' AND origine <> 'decp') AS suivis,
       count(*) FILTER (acheteur = 'grands_projets') AS ensemble
FROM marche
WHERE {condition}
