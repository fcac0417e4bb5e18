-- Purpose: how many lots followed are joined to a contract published in the DECP, and how surely.
-- Grain: one row per group ({groupe}: programme, source_id, acheteur, annee…) and kind of joining.
-- Columns: groupe, rapprochement (exact, probable, a_confirmer, aucun), lots, couverts (lots that could be published: notified since
-- the first contract published, or undated; the rate is exact + probable over couverts), score (mean, 0–1).
WITH premier AS (SELECT min(date_notification) AS jour FROM marche_publie)
SELECT {groupe} AS groupe, rapprochement::VARCHAR AS rapprochement, count(*) AS lots,
       count(*) FILTER (coalesce(date_notification, premier.jour) >= premier.jour) AS couverts, avg(rapprochement_score) AS score
FROM marche CROSS JOIN premier
WHERE origine <> 'decp' AND {condition}
GROUP BY ALL
ORDER BY groupe, rapprochement
