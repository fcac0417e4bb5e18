-- Purpose: contracts notified year by year, and those known to carry a social clause.
-- Grain: one row per year of notification.
-- Columns: annee, marches, avec_clause, sociale_connue (contracts whose format says whether there is one), montant (euros).
SELECT annee, count(*) AS marches, count(*) FILTER (sociale) AS avec_clause,
       count(*) FILTER (sociale IS NOT NULL) AS sociale_connue, sum(montant) AS montant
FROM marche
WHERE {condition} AND annee IS NOT NULL
GROUP BY annee
ORDER BY annee
