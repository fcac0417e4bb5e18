-- Purpose: coverage of the collection over a period: lots with at least one hour declared, among the lots running.
-- Grain: one row.
-- Columns: lots, lots_suivis.
SELECT count(DISTINCT marche_no) AS lots, count(DISTINCT marche_no) FILTER (realisees > 0) AS lots_suivis
FROM activite
WHERE {condition}
