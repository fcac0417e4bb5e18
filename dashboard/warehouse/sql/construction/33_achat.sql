-- Purpose: the contracts published in the DECP as buyers look at them, with the dated rules that apply to each.
-- Grain: achat = one contract published (uid), described by the first of its rows in marche; a lot without DECP is not here.
-- Columns: depense = amount of what is no framework (a framework's is a maximum, not spending); sociale, clause, … as DECP
-- says (NULL: its format says nothing); seuil = EU threshold at that date; au_dessus; obligation (L2112-2-1); sorted by date.
CREATE TYPE t_division AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'cpv_division' ORDER BY ordre);
CREATE TYPE t_montant AS ENUM (SELECT code FROM travail.nomenclature WHERE liste = 'tranche_montant' ORDER BY ordre);
CREATE TABLE seuil_europeen AS SELECT * FROM travail.ref_seuil ORDER BY debut, acheteur, type_achat;
CREATE TABLE objectif_achat AS SELECT * RENAME (cle AS regle) FROM travail.ref_objectif ORDER BY regle, debut NULLS FIRST;
CREATE TABLE achat AS
WITH lot AS (
    SELECT * FROM marche WHERE marche_no IN (SELECT min(marche_no) FROM marche WHERE uid IS NOT NULL GROUP BY uid)
), decrit AS (
    SELECT m.marche_no, m.uid, p.objet, m.acheteur, m.categorie_acheteur,
           CAST(year(p.date_notification) AS SMALLINT) AS annee, m.programme, m.secteur, m.type_clause, m.type_achat,
           m.exec_dep, m.exec_epci, m.exec_commune, m.siege_dep, m.siege_epci, m.siege_commune, m.origine = 'decp+suivi' AS suivi,
           p.montant, CASE WHEN NOT p.accord_cadre THEN p.montant END AS depense, p.accord_cadre, p.procedure,
           p.date_notification, p.duree_mois,
           CAST(p.date_notification + to_months(CAST(greatest(1, round(p.duree_mois)) AS INTEGER)) AS DATE) AS date_fin,
           coalesce(try_cast(left(p.cpv, 2) AS t_division), 'nd') AS division,
           CASE WHEN p.montant IS NULL THEN 'nd' WHEN p.montant < 4e4 THEN 'moins_40k' WHEN p.montant < 9e4 THEN '40k_90k'
                WHEN p.montant < 2.5e5 THEN '90k_250k' WHEN p.montant < 1e6 THEN '250k_1m' WHEN p.montant < 5e6 THEN '1m_5m'
                ELSE '5m_plus' END::t_montant AS tranche,
           list_has_any(p.sociales, ['Clause sociale', 'Critère social', 'Marché réservé']) AS sociale,
           list_contains(p.sociales, 'Clause sociale') AS clause, list_contains(p.sociales, 'Critère social') AS critere,
           list_contains(p.sociales, 'Marché réservé') AS reserve,
           list_has_any(p.environnementales, ['Clause environnementale', 'Critère environnemental']) AS environnementale,
           list_contains(p.environnementales, 'Clause environnementale') AS clause_env,
           list_contains(p.environnementales, 'Critère environnemental') AS critere_env,
           coalesce(p.montant_initial, p.montant) AS montant_attribue,
           CASE WHEN s.categorie IN ('etat', 'entite_adjudicatrice') THEN s.categorie ELSE 'autre' END AS pouvoir
    FROM marche_publie p JOIN lot m USING (uid) LEFT JOIN travail.ref_siege s ON s.siren = left(p.acheteur_siret, 9)
)
SELECT d.* EXCLUDE (pouvoir, montant_attribue), e.seuil, d.montant_attribue >= e.seuil AS au_dessus,
       coalesce(d.montant_attribue >= e.seuil AND d.date_notification >= o.debut, FALSE) AS obligation
FROM decrit d
LEFT JOIN seuil_europeen e ON e.acheteur = d.pouvoir AND e.type_achat = d.type_achat
     AND d.date_notification BETWEEN e.debut AND e.fin
LEFT JOIN objectif_achat o ON o.regle = 'obligation_sociale'
ORDER BY d.annee, d.date_notification, d.marche_no;
