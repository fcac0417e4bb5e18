-- Purpose: empty staging and result tables of the DECP loader.
-- Grain: decp_etape_marche, one row per contract and file; its three children, one row per titulaire, modification or subcontracting act.
-- Columns: decp_marche plus n (rank in the file), derniere_publication and completude, used to choose among duplicates.
CREATE TABLE IF NOT EXISTS decp_etape_marche (
    uid VARCHAR, source_id INTEGER, n BIGINT, ligne BIGINT, acheteur_siret VARCHAR, acheteur_nom VARCHAR, numero VARCHAR,
    nature VARCHAR, objet VARCHAR, cpv VARCHAR, procedure VARCHAR, type_achat VARCHAR, secteur VARCHAR,
    lieu_code VARCHAR, lieu_type VARCHAR, lieu_commune VARCHAR, lieu_departement VARCHAR,
    siege_commune VARCHAR, siege_departement VARCHAR, duree_mois DOUBLE, date_notification DATE, date_publication DATE,
    montant DOUBLE, montant_initial DOUBLE, accord_cadre BOOLEAN, sociales VARCHAR[], environnementales VARCHAR[],
    type_clause VARCHAR, nb_modifications INTEGER, derniere_publication DATE, completude BIGINT);
CREATE TABLE IF NOT EXISTS decp_etape_titulaire (
    source_id INTEGER, n BIGINT, rang INTEGER, type_identifiant VARCHAR, identifiant VARCHAR, denomination VARCHAR,
    categorie VARCHAR);
CREATE TABLE IF NOT EXISTS decp_etape_modification (
    source_id INTEGER, n BIGINT, rang INTEGER, date_notification DATE, date_publication DATE, duree_mois DOUBLE,
    montant DOUBLE, objet VARCHAR);
CREATE TABLE IF NOT EXISTS decp_etape_sous_traitance (
    source_id INTEGER, n BIGINT, rang INTEGER, type_identifiant VARCHAR, identifiant VARCHAR, denomination VARCHAR,
    montant DOUBLE, date_notification DATE, duree_mois DOUBLE);
