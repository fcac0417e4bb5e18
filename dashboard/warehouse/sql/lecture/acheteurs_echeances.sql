-- Purpose: the contracts that end in the eighteen months after the date of the data, month by month: each may be renewed.
-- Grain: one row per month of end.
-- Columns: mois (first day), fins, sans (no social consideration declared, and not followed), inconnus (format silent and not
-- followed), montant (frameworks left out), dans_l_an (of fins, those of the first twelve months).
SELECT CAST(date_trunc('month', date_fin) AS DATE) AS mois, count(*) AS fins, count(*) FILTER (NOT sociale AND NOT suivi) AS sans,
       count(*) FILTER (sociale IS NULL AND NOT suivi) AS inconnus, sum(depense) AS montant,
       count(*) FILTER (date_fin <= date_donnees + INTERVAL 12 MONTH) AS dans_l_an
FROM achat, (SELECT date_donnees FROM manifeste)
WHERE {condition} AND date_fin > date_donnees AND date_fin <= last_day(CAST(date_donnees + INTERVAL 18 MONTH AS DATE))
GROUP BY 1
ORDER BY 1
