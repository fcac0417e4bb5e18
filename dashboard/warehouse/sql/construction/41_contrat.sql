-- Purpose: the work contracts, and the monthly hours with every attribute a filter can ask for.
-- Grain: contrat = one work contract; heures = one work contract × one month; presence = one person × one lot × one year.
-- Columns: heures repeats the dimensions of its contract, lot and person, so that a page needs no join; presence sums them
-- over the year (three times fewer rows), for every question about persons that does not ask for the month.
CREATE TABLE contrat AS
SELECT CAST(row_number() OVER (ORDER BY k.date_debut, k.contrat_id) AS INTEGER) AS contrat_no, m.marche_no, p.personne_no,
       k.type_contrat::t_contrat AS type_contrat, k.modalite_embauche::t_modalite AS modalite_embauche,
       k.employeur_siret, k.date_debut, k.date_fin, k.rome, k.contrat_id
FROM travail.suivi_contrats k
JOIN marche m ON m.marche_id = k.marche_id AND m.origine <> 'decp'
JOIN lien_personne p ON p.personne_id = k.personne_id
ORDER BY contrat_no;
CREATE TABLE heures AS
SELECT k.contrat_no, k.marche_no, k.personne_no, h.mois, CAST(year(h.mois) AS SMALLINT) AS annee, h.heures,
       h.statut = 'validee' AS validee, p.sexe, p.niveau_formation, p.publics, p.qpv, p.cle,
       CASE WHEN p.annee_naissance IS NULL THEN 'nd' WHEN year(h.mois) - p.annee_naissance < 26 THEN 'moins_26'
            WHEN year(h.mois) - p.annee_naissance < 50 THEN '26_49' ELSE '50_plus' END::t_tranche AS tranche_age,
       m.acheteur_siret, m.programme, m.secteur, m.type_clause, m.type_achat,
       m.exec_dep, m.exec_epci, m.exec_commune, m.siege_dep, m.siege_epci, m.siege_commune,
       p.res_dep, p.res_epci, p.res_commune
FROM travail.suivi_heures h
JOIN contrat k USING (contrat_id) JOIN marche m USING (marche_no) JOIN personne p USING (personne_no)
ORDER BY annee, h.mois, k.marche_no, k.contrat_no;
CREATE TABLE presence AS
SELECT annee, personne_no, marche_no, any_value(COLUMNS(* EXCLUDE (annee, personne_no, marche_no, contrat_no, mois, heures, validee))),
       sum(heures) AS heures
FROM heures GROUP BY annee, personne_no, marche_no
ORDER BY annee, marche_no, personne_no;
ALTER TABLE contrat DROP COLUMN contrat_id;
ALTER TABLE personne DROP COLUMN annee_naissance;
