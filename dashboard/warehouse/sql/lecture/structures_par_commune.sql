-- Purpose: the inclusive structures of each commune, for the layer of the map.
-- Grain: one row per commune and type of structure.
-- Columns: commune, nom, lon, lat (point of the commune, where its structures are drawn), type, structures (number).
SELECT s.commune, t.nom, t.lon, t.lat, s.type::VARCHAR AS type, count(*) AS structures
FROM structure s JOIN territoire t ON t.code = s.commune AND t.niveau = 'commune'
GROUP BY s.commune, t.nom, t.lon, t.lat, s.type ORDER BY s.commune, s.type
