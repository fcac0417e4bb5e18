-- Purpose: the map of the operations: the lots of each commune by state.
-- Grain: one row per commune and state; the lots that have no commune are in one with a NULL commune.
-- Columns: commune, lon, lat, operations (identifiers), noms, lots, dues.
WITH choisi AS (SELECT * FROM lot WHERE {condition} AND acheteur <> 'grands_projets'),
place AS (
    SELECT coalesce(c.exec_commune, o.commune_insee) AS commune, CAST(c.etat AS VARCHAR) AS etat, c.operation_id, o.nom,
           coalesce(c.heures_dues, 0) AS dues
    FROM choisi c LEFT JOIN operation o ON o.operation_id = c.operation_id
), situe AS (
    SELECT p.* EXCLUDE (commune), t.code AS commune, t.lon, t.lat
    FROM place p LEFT JOIN territoire t ON t.code = p.commune AND t.niveau = 'commune'
)
SELECT commune, lon, lat, etat, list(DISTINCT operation_id) FILTER (operation_id IS NOT NULL) AS operations,
       list(DISTINCT nom) FILTER (nom IS NOT NULL) AS noms, count(*) AS lots, sum(dues) AS dues
FROM situe
GROUP BY commune, lon, lat, etat
ORDER BY commune, etat
