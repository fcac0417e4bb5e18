-- Purpose: the published contracts of one buyer, each with the link to its follow-up and what the follow-up says.
-- Grain: one contract published; the five hundred most recent.
-- Columns: uid, objet, dates, amount, what DECP declares, lien (exact, probable, a_confirmer, aucun), score, lots followed under
-- this contract, heures_dues and realisees (all its lots), etat of the one that runs (the first otherwise).
WITH ici AS (
    SELECT * FROM achat WHERE {condition} ORDER BY date_notification DESC NULLS LAST, marche_no DESC LIMIT 500
), suivi AS (
    SELECT m.uid, count(*) AS lots, min(m.rapprochement_score) AS score,
           CASE WHEN bool_or(m.rapprochement = 'probable') THEN 'probable' ELSE 'exact' END AS lien,
           sum(l.heures_dues) AS heures_dues, sum(l.realisees) AS realisees,
           arg_max(CAST(l.etat AS VARCHAR), l.fin_prevue) AS etat
    FROM marche m JOIN ici USING (uid) LEFT JOIN lot l ON l.marche_no = m.marche_no WHERE m.origine <> 'decp' GROUP BY m.uid
), possible AS (
    SELECT c.uid, max(c.score) AS score
    FROM candidat c JOIN ici USING (uid) JOIN marche m ON m.marche_no = c.marche_no AND m.rapprochement = 'a_confirmer'
    GROUP BY c.uid
)
SELECT i.uid, i.objet, i.date_notification, i.date_fin, i.type_achat, i.montant, i.accord_cadre, i.sociale, i.clause, i.critere,
       i.reserve, i.environnementale, i.suivi, i.au_dessus, coalesce(s.lien, CASE WHEN p.uid IS NULL THEN 'aucun' ELSE 'a_confirmer' END)
           AS lien, coalesce(s.score, p.score) AS score, coalesce(s.lots, 0) AS lots, s.heures_dues, s.realisees, s.etat
FROM ici i LEFT JOIN suivi s USING (uid) LEFT JOIN possible p USING (uid)
ORDER BY i.date_notification DESC NULLS LAST, i.marche_no DESC
