-- Purpose: how surely the lots are joined to a contract published in the DECP.
-- Grain: one row per programme and kind of match.
-- Columns: rapprochement ('exact', 'probable', 'a_confirmer', 'aucun'), lots, score_moyen, score_min, score_max (0–1).
SELECT CAST(programme AS VARCHAR) AS programme, coalesce(CAST(rapprochement AS VARCHAR), 'aucun') AS rapprochement, count(*) AS lots,
       avg(rapprochement_score) AS score_moyen, min(rapprochement_score) AS score_min, max(rapprochement_score) AS score_max
FROM lot
WHERE {condition}
GROUP BY ALL
ORDER BY 1, 2
