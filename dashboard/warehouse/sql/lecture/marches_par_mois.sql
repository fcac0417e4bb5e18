-- Purpose: contracts notified month by month.
-- Grain: one row per month.
-- Columns: mois (first day), marches, avec_clause (NULL when no contract says whether it has one).
SELECT CAST(date_trunc('month', date_notification) AS DATE) AS mois, count(*) AS marches,
       CASE WHEN count(sociale) > 0 THEN count(*) FILTER (sociale) END AS avec_clause
FROM marche
WHERE {condition}
GROUP BY mois
ORDER BY mois
