-- Purpose: one table of contracts from the follow-up (lots) and from the DECP, joined as rapprochement says (29a to 29d).
-- Grain: one row per lot followed; plus one per DECP contract without follow-up.
-- Columns: keys, object, typology, two geographies (exec_*, siege_*), amounts, hours; annee = year of notification (NULL: undated);
-- acheteur = SIRET of the buyer, or 'grands_projets' for the owners that may only be published together (table agrege): no
-- operation_id for them, and one programme, 'ensemble'; rapprochement and its score are NULL for a contract without follow-up.
CREATE TABLE marche AS
WITH lot AS (
    SELECT m.*, r.uid AS uid_publie, r.statut AS rapprochement, r.score AS rapprochement_score,
           coalesce(o.programme, 'hors_programme') AS programme,
           coalesce(m.commune_insee, o.commune_insee) AS commune, o.coordination_dep
    FROM travail.suivi_marches m JOIN rapprochement r USING (marche_id)
    LEFT JOIN travail.suivi_operations o USING (operation_id)
), publie AS (
    SELECT d.* FROM travail.decp_marche d SEMI JOIN publie_lu USING (uid)
), tout AS (
    SELECT marche_id, CASE WHEN uid_publie IS NULL THEN 'suivi' ELSE 'decp+suivi' END AS origine, source_id, numero_ligne AS ligne,
           uid_publie AS uid, operation_id, acheteur_siret, objet, cpv, secteur, type_achat, type_clause, TRUE AS sociale,
           programme, montant_ht AS montant, date_notification, CAST(duree_mois AS DOUBLE) AS duree_mois, titulaire_siret,
           heures_prevues, heures_engagees, taux_insertion, mode_obligation, statut,
           heures_travaillees, montant_facture, euros_par_heure, rapprochement, rapprochement_score,
           commune AS commune_execution, coordination_dep AS dep_execution
    FROM lot
    UNION ALL BY NAME
    SELECT uid AS marche_id, 'decp' AS origine, source_id, ligne, uid, acheteur_siret, objet, cpv, secteur, type_achat,
           type_clause, CASE WHEN sociales IS NULL THEN NULL ELSE type_clause IS NOT NULL END AS sociale,
           'hors_programme' AS programme, montant, date_notification, duree_mois,
           lieu_commune AS commune_execution, lieu_departement AS dep_execution
    FROM publie ANTI JOIN lot ON lot.uid_publie = publie.uid
)
SELECT CAST(row_number() OVER (ORDER BY t.date_notification, t.marche_id) AS INTEGER) AS marche_no,
       t.* EXCLUDE (commune_execution, dep_execution)
           REPLACE (t.origine::t_origine AS origine, t.secteur::t_secteur AS secteur, t.type_achat::t_achat AS type_achat,
                    t.type_clause::t_clause AS type_clause, 
                    CASE WHEN a.siren IS NULL THEN t.programme ELSE 'ensemble' END::t_programme AS programme,
                    CASE WHEN a.siren IS NULL THEN t.operation_id END AS operation_id),
       CAST(year(t.date_notification) AS SMALLINT) AS annee,
       coalesce(x.departement, d.departement) AS exec_dep, x.epci AS exec_epci, x.code AS exec_commune,
       CASE WHEN a.siren IS NULL OR a.siege_publiable THEN coalesce(c.departement, e.departement) END AS siege_dep,
       CASE WHEN a.siren IS NULL THEN c.epci END AS siege_epci, CASE WHEN a.siren IS NULL THEN c.code END AS siege_commune,
       CASE WHEN a.siren IS NULL THEN t.acheteur_siret ELSE 'grands_projets' END AS acheteur,
       CASE WHEN a.siren IS NULL THEN coalesce(s.categorie, 'nd') ELSE 'grands_projets' END::t_categorie AS categorie_acheteur
FROM tout t
LEFT JOIN travail.ref_commune x ON x.code = t.commune_execution
LEFT JOIN (SELECT DISTINCT departement FROM travail.ref_commune) d ON d.departement = t.dep_execution
LEFT JOIN travail.ref_siege s ON s.siren = left(t.acheteur_siret, 9)
LEFT JOIN travail.ref_commune c ON c.code = s.commune
LEFT JOIN (SELECT DISTINCT departement FROM travail.ref_commune) e ON e.departement = s.departement
LEFT JOIN agrege a ON a.siren = left(t.acheteur_siret, 9)
ORDER BY t.date_notification, t.marche_id;
