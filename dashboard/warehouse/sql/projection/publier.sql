-- Purpose: the lots with their state and projection, as the pages read them. Reads three tables given by the caller:
-- lot_calcule, projection_calculee, profil_calcule.
-- Grain: lot = one lot followed; lot_projection = one running lot × one month after arrete; lot_profil = one class × one share of duration.
-- Columns: those of marche that a filter can ask for, then docs/methode/projection.md; esperance and ecart_type are what adds up over
-- lots (domain.engagement.intervalle), pas, pas_ecart and pas_carre what each month adds to their sums; hours are never rounded here.
CREATE TYPE t_etat_lot AS ENUM (SELECT code FROM nomenclature WHERE liste = 'etat_lot' ORDER BY ordre);
CREATE TABLE lot AS
SELECT m.marche_no, m.marche_id, m.operation_id, CASE WHEN m.acheteur IS DISTINCT FROM 'grands_projets' THEN o.ligne END AS ligne, m.objet,
       m.acheteur, m.acheteur_siret, m.categorie_acheteur, m.programme, m.secteur, m.type_clause, m.type_achat,
       m.exec_dep, m.exec_epci, m.exec_commune, m.siege_dep, m.siege_epci, m.siege_commune, m.annee, m.montant, m.titulaire_siret,
       m.date_notification AS debut, c.fin_prevue, m.duree_mois, c.arrete, m.statut, m.mode_obligation, m.taux_insertion, m.heures_engagees,
       c.heures_dues, c.dues_a_ce_jour, c.due_mobile, c.realisees, c.validees, c.premier_mois, c.dernier_mois, c.classe, c.avancement,
       c.attendues, c.projetees, c.projetees_bas, c.projetees_haut, c.esperance, c.ecart_type, c.date_atteinte,
       CAST(c.etat AS t_etat_lot) AS etat, c.motif, c.avant_debut,
       m.heures_travaillees, m.uid, m.rapprochement, m.rapprochement_score
FROM marche m JOIN lot_calcule c USING (marche_no) LEFT JOIN operation o ON o.operation_id = m.operation_id
ORDER BY m.marche_no;
CREATE TABLE lot_projection AS
SELECT p.*, p.esperance - lag(p.esperance, 1, l.realisees) OVER w AS pas, p.ecart_type - lag(p.ecart_type, 1, 0) OVER w AS pas_ecart,
       p.ecart_type ** 2 - lag(p.ecart_type ** 2, 1, 0) OVER w AS pas_carre
FROM projection_calculee p JOIN lot l USING (marche_no)
WINDOW w AS (PARTITION BY p.marche_no ORDER BY p.mois)
ORDER BY p.marche_no, p.mois;
CREATE TABLE lot_profil AS SELECT * FROM profil_calcule ORDER BY classe, avancement;
