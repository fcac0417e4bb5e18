-- Purpose: the dated rules of the purchases: national targets, obligation of social considerations, amount of the SPASER.
-- Grain: one rule and one period of validity.
-- Columns: cle, debut, fin (NULL: open), valeur, libelle, origine (dossier or a_verifier), source.
SELECT regle AS cle, debut, fin, valeur, libelle, origine, source FROM objectif_achat ORDER BY regle, debut NULLS FIRST
