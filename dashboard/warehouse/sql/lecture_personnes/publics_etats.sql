-- Purpose: what the members of the typical trajectories do, quarter after quarter, over the whole snapshot.
-- Grain: one row per group × quarter × state.
-- Columns: groupe, trimestre (1–8), etat, effectif (true count), cle, heures (none).
-- Crosses: groupe, etat.
SELECT groupe, trimestre, etat, effectif, cle, CAST(NULL AS DOUBLE) AS heures
FROM parcours_etat
ORDER BY groupe, trimestre, etat
