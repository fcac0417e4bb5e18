-- Purpose: how surely the lots are joined to a contract published in the DECP.
-- Grain: one row per programme and kind of match.
-- Columns: rapprochement ('exact', 'probable', 'a_confirmer', 'aucun'), lots, score_moyen, score_min, score_max (0–1).
WITH choisi AS (SELECT marche_no, CAST(programme AS VARCHAR) AS programme FROM lot WHERE {condition})
SELECT c.programme, coalesce(CAST(m.rapprochement AS VARCHAR), 'aucun') AS rapprochement, count(*) AS lots,
       avg(m.rapprochement_score) AS score_moyen, min(m.rapprochement_score) AS score_min, max(m.rapprochement_score) AS score_max
FROM choisi c JOIN marche m USING (marche_no)
GROUP BY ALL
ORDER BY programme, rapprochement
