-- Purpose: exits and training hours of the persons.
-- Grain: sortie = one person × one horizon; formation = one training session.
-- Columns: personne_no and the facts; no free text about a person is kept.
CREATE TABLE sortie AS
SELECT p.personne_no, s.horizon_mois, s.situation FROM travail.suivi_sorties s
JOIN lien_personne p USING (personne_id) ORDER BY 1, 2;
CREATE TABLE formation AS
SELECT p.personne_no, f.date, CAST(year(f.date) AS SMALLINT) AS annee, f.heures FROM travail.suivi_formations f
JOIN lien_personne p USING (personne_id) ORDER BY f.date, 1;
DROP TABLE lien_personne;
