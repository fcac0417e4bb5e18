-- Purpose: the contractual rates, to be held against the charter of their programme, which may change on a date.
-- Grain: one row per programme, line, rate and month of start.
-- Columns: taux (percent of the worked hours), mois, lots.
SELECT CAST(programme AS VARCHAR) AS programme, coalesce(ligne, '') AS ligne, taux_insertion AS taux,
       CAST(date_trunc('month', debut) AS DATE) AS mois, count(*) AS lots
FROM lot
WHERE {condition} AND taux_insertion > 0 AND debut IS NOT NULL
GROUP BY ALL
ORDER BY programme, ligne, mois, taux
