-- But : recompter, une fois doublons et références vus, ce que chaque tableau de chaque source a gardé.
-- Grain : un tableau d’une source.
-- Colonnes : suivi_lecture.retenues.
UPDATE suivi_lecture AS l SET retenues = (SELECT count(*) FROM $table AS t WHERE t.source_id = l.source_id)
WHERE l.tableau = $tableau
