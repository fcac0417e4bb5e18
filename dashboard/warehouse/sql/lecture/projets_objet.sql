-- Purpose: what an identifier of a sheet names: an operation or a lot (a programme is a code of its own).
-- Grain: one row per thing so named, the operation first (the identifier is bound twice).
-- Columns: genre ('operation', 'lot'), code, nom, programme, operation_id.
SELECT 'operation' AS genre, operation_id AS code, any_value(o.nom) AS nom, CAST(any_value(l.programme) AS VARCHAR) AS programme, operation_id
FROM lot l JOIN operation o USING (operation_id) WHERE operation_id = ? AND l.acheteur <> 'grands_projets' GROUP BY operation_id
UNION ALL
SELECT 'lot', marche_id, objet, CAST(programme AS VARCHAR), operation_id FROM lot WHERE marche_id = ? AND acheteur <> 'grands_projets'
