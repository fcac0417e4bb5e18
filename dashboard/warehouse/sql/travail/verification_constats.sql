-- Purpose: what is wrong in the lists of structures that were just read, rejects first.
-- Grain: constat, one row per finding.
-- Columns: nature, regle, message, feuille, ligne, colonne, valeur.
SELECT nature, regle, message, feuille, ligne, colonne, valeur FROM constat
ORDER BY CASE nature WHEN 'rejet' THEN 0 WHEN 'correction' THEN 1 ELSE 2 END, ligne NULLS FIRST, colonne, regle;
