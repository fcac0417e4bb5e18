-- Purpose: the persons, their work contracts, their exits and their training hours, as the file keeps them.
-- Grain: one person; one work contract; one person × one horizon; one training session.
-- Columns: banded attributes and numbers only; no identifier, no year of birth, no free text about a person.
CREATE TABLE personne AS
SELECT p.personne_no, p.* EXCLUDE (personne_id, personne_no, annee_naissance), t.parcours
FROM personne_lue p LEFT JOIN parcours_personne t USING (personne_no) ORDER BY p.personne_no;
CREATE TABLE contrat AS SELECT * EXCLUDE (contrat_id, distance_km) FROM contrat_lu ORDER BY contrat_no;
CREATE TABLE sortie AS
SELECT p.personne_no, s.horizon_mois, s.situation FROM travail.suivi_sorties s
JOIN personne_lue p USING (personne_id) ORDER BY 1, 2;
CREATE TABLE formation AS
SELECT p.personne_no, f.date, CAST(year(f.date) AS SMALLINT) AS annee, f.heures FROM travail.suivi_formations f
JOIN personne_lue p USING (personne_id) ORDER BY f.date, 1;
