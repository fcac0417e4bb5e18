-- But : tables de référence attendues par le chargement, pour vérifier un fichier hors de toute construction.
-- Grain : voir les tables de référence de la construction ; vides, elles ne contrôlent rien.
-- Colonnes : celles dont le suivi se sert.
CREATE TABLE ref_commune (code VARCHAR, nom VARCHAR);
CREATE TABLE ref_ancienne (ancien VARCHAR, code VARCHAR);
CREATE TABLE ref_cpv_secteur (prefixe VARCHAR, secteur VARCHAR);
CREATE TABLE nomenclature (liste VARCHAR, code VARCHAR, libelle VARCHAR, ordre INTEGER);
