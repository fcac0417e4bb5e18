-- Purpose: the identifiers that look like one that does not exist.
-- Grain: one identifier of a lot or of an operation that may be listed (what was asked is bound).
-- Columns: code, proximite (Jaro-Winkler, 0–1).
WITH connu AS (
    SELECT marche_id AS code FROM lot WHERE acheteur <> 'grands_projets'
    UNION SELECT operation_id FROM lot WHERE acheteur <> 'grands_projets' AND operation_id IS NOT NULL
)
SELECT code, jaro_winkler_similarity(upper(code), upper(?)) AS proximite
FROM connu
ORDER BY proximite DESC, code
LIMIT 5
