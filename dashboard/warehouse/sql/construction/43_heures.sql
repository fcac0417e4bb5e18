-- Purpose: the hours with every attribute a filter can ask for, so that a page needs no join.
-- Grain: heures = one work contract × one month; presence = one work contract (one person, one lot) × one year.
-- Columns: presence sums heures over the year (a third of the rows), for every question that does not ask for the month;
-- ages are those reached in the year; debute: the contract begins that year; duree_jours: its length, both ends included; cdd_long: a CDD of
-- more than six months; situation_6: what the person does six months after the last contract. Sorted so that the rows of a year, then those of a person, lie together.
CREATE TABLE heures AS
WITH h AS (
    SELECT k.*, h.mois, CAST(year(h.mois) AS SMALLINT) AS annee, h.heures, h.statut = 'validee' AS validee,
           p.* EXCLUDE (personne_id, personne_no, annee_naissance), t.parcours, year(h.mois) - p.annee_naissance AS age
    FROM travail.suivi_heures h
    JOIN contrat_lu k USING (contrat_id) JOIN personne_lue p USING (personne_no)
    LEFT JOIN parcours_personne t USING (personne_no)
)
SELECT h.contrat_no, h.marche_no, h.personne_no, h.mois, h.annee, h.heures, h.validee, h.cle, h.sexe,
       CASE WHEN age IS NULL THEN 'nd' WHEN age < 26 THEN 'moins_26' WHEN age < 50 THEN '26_49' ELSE '50_plus' END::t_tranche
           AS tranche_age,
       CASE WHEN age IS NULL THEN 'nd' WHEN age < 18 THEN '16_17' WHEN age < 21 THEN '18_20' WHEN age < 26 THEN '21_25'
            WHEN age < 31 THEN '26_30' WHEN age < 41 THEN '31_40' WHEN age < 50 THEN '41_49' WHEN age < 55 THEN '50_54'
            ELSE '55_plus' END::t_tranche_fine AS tranche_age_fine,
       h.niveau_formation, h.publics, h.qpv, h.rsa, h.deld, h.rqth, h.prescripteur, h.parcours,
       h.type_contrat, h.modalite_embauche, h.employeur_siret, h.distance_km,
       m.acheteur, m.acheteur_siret, m.categorie_acheteur, m.programme, m.secteur, m.type_clause, m.type_achat,
       m.exec_dep, m.exec_epci, m.exec_commune, m.siege_dep, m.siege_epci, m.siege_commune,
       h.res_dep, h.res_epci, h.res_commune
FROM h JOIN marche m USING (marche_no)
ORDER BY h.annee, h.mois, h.marche_no, h.contrat_no;
CREATE TABLE presence AS
WITH p AS (
    SELECT annee, personne_no, contrat_no, any_value(COLUMNS(* EXCLUDE (annee, personne_no, contrat_no, mois, heures, validee))),
           sum(heures) AS heures
    FROM heures GROUP BY annee, personne_no, contrat_no
), k AS (
    SELECT contrat_no, year(date_debut) AS debut, date_diff('day', date_debut, date_fin) + 1 AS duree,
           coalesce(type_contrat = 'cdd' AND date_fin > date_debut + INTERVAL 6 MONTH, FALSE) AS cdd_long
    FROM contrat
)
SELECT p.*, coalesce(k.debut = p.annee, FALSE) AS debute, CAST(k.duree AS INTEGER) AS duree_jours, coalesce(k.cdd_long, FALSE) AS cdd_long,
       s.situation AS situation_6
FROM p LEFT JOIN k USING (contrat_no) LEFT JOIN sortie s ON s.personne_no = p.personne_no AND s.horizon_mois = 6
ORDER BY p.annee, p.personne_no, p.contrat_no;
