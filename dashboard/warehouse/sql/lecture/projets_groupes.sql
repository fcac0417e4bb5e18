-- Purpose: programmes, or operations of a programme, compared: what their lots owe, have done and should end with.
-- Grain: one row per {groupe} with at least one lot whose final hours are known or projected.
-- Columns: code, lots, dues, finales (expected, or realised when finished), part (final / due).
WITH choisi AS (
    SELECT CAST({groupe} AS VARCHAR) AS code, heures_dues,
           CASE WHEN etat IN ('atteint', 'non_atteint') THEN realisees ELSE esperance END AS finale
    FROM lot WHERE {condition} AND {groupe} IS NOT NULL AND heures_dues > 0
)
SELECT code, count(*) AS lots, sum(heures_dues) AS dues, sum(finale) AS finales, sum(finale) / sum(heures_dues) AS part
FROM choisi
WHERE finale IS NOT NULL
GROUP BY code
ORDER BY part, code
