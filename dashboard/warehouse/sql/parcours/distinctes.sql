-- Purpose: the different sequences, for the clustering (build only, nothing of it is published).
-- Grain: one sequence of eight states.
-- Columns: etats, personnes.
SELECT etats, count(*) AS personnes FROM parcours_sequence GROUP BY etats ORDER BY etats
