-- Purpose: the words of the typical trajectories, without any count.
-- Grain: one row per type.
-- Columns: groupe, nom, description.
SELECT groupe, nom, description
FROM parcours_type
ORDER BY groupe
