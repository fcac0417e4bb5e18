-- Purpose: ENUM types of the coded columns, from the nomenclatures and from the codes present.
-- Grain: types.
-- Columns: none.
CREATE TYPE t_secteur AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'secteur' ORDER BY ordre);
CREATE TYPE t_clause AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'type_clause' ORDER BY ordre);
CREATE TYPE t_achat AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'type_achat' ORDER BY ordre);
CREATE TYPE t_programme AS ENUM (
    SELECT code FROM (SELECT code, ordre FROM travail.nomenclature WHERE liste = 'programme'
                      UNION ALL SELECT 'ensemble', NULL) ORDER BY ordre NULLS LAST);
CREATE TYPE t_categorie AS ENUM (
    SELECT code FROM (SELECT code, ordre FROM travail.nomenclature WHERE liste = 'categorie_acheteur'
                      UNION ALL SELECT 'grands_projets', NULL) ORDER BY ordre NULLS LAST);
CREATE TYPE t_sexe AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'sexe' ORDER BY ordre);
CREATE TYPE t_tranche AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'tranche_age' ORDER BY ordre);
CREATE TYPE t_tranche_fine AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'tranche_age_fine' ORDER BY ordre);
CREATE TYPE t_niveau AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'niveau_formation' ORDER BY ordre);
CREATE TYPE t_prescripteur AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'prescripteur' ORDER BY ordre);
CREATE TYPE t_contrat AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'type_contrat' ORDER BY ordre);
CREATE TYPE t_modalite AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'modalite_embauche' ORDER BY ordre);
CREATE TYPE t_origine AS ENUM ('decp', 'suivi', 'decp+suivi');
