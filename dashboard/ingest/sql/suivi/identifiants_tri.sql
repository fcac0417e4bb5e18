-- But : dire quelles colonnes lues portent des valeurs à examiner de près.
-- Grain : une ligne pour toute la feuille.
-- Colonnes : un booléen par colonne, dans l’ordre.
SELECT $colonnes FROM $brut
