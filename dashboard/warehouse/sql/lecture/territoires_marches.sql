-- Purpose: contracts notified, and those published that carry a social clause, for the indicators of the territories.
-- Grain: one row per territory of one level ({groupe}) with at least one contract.
-- Columns: groupe, marches, avec_clause, sociale_connue. The last two leave out contracts known by the follow-up alone, which all have a clause.
SELECT {groupe} AS groupe, count(*) AS marches, count(*) FILTER (sociale AND origine <> 'suivi') AS avec_clause,
       count(*) FILTER (sociale IS NOT NULL AND origine <> 'suivi') AS sociale_connue
FROM marche
WHERE {condition} AND {groupe} IS NOT NULL
GROUP BY ALL
