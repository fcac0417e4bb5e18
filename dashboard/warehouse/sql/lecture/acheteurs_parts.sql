-- Purpose: shares of the published contracts by sector, division, territory, buyer… (one column, chosen in a list).
-- Grain: one row per value of the column.
-- Columns: code, then those of warehouse.acheteurs_mesures.Mesures that shares need; depense leaves out the frameworks.
SELECT {cle} AS code, count(*) AS marches, count(sociale) AS connus, count(*) FILTER (sociale) AS sociaux,
       count(environnementale) AS env_connus, count(*) FILTER (environnementale) AS env,
       count(depense) FILTER (sociale IS NOT NULL) AS chiffres_connus, sum(depense) AS depense,
       sum(depense) FILTER (sociale IS NOT NULL) AS depense_connue, sum(depense) FILTER (sociale) AS depense_sociale
FROM achat
WHERE {condition} AND {cle} IS NOT NULL
GROUP BY code
ORDER BY code
