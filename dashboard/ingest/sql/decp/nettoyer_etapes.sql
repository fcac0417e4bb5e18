-- Purpose: drop the tables of one file once its contracts are in staging.
-- Grain: none.
-- Columns: none.
DROP TABLE IF EXISTS decp_colonnes;
DROP TABLE IF EXISTS decp_rejets;
DROP TABLE IF EXISTS decp_balayages;
DROP TABLE IF EXISTS decp_lu;
DROP TABLE IF EXISTS decp_situe;
DROP TABLE IF EXISTS decp_propre;
DROP TABLE IF EXISTS decp_avenants;
DROP TABLE IF EXISTS decp_attributaires;
DROP TABLE IF EXISTS decp_motifs;
DROP TABLE IF EXISTS decp_ecartes;
DROP TABLE IF EXISTS decp_actes;
DROP TABLE IF EXISTS decp_actes_modifies;
