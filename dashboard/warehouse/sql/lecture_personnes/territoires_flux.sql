-- Purpose: where persons live and where they work: links between territories, fine inside the chosen one, coarse elsewhere; then inside against outside.
-- Grain: one row per (depart, arrivee) of dimension 'lien' (a person who works in several places is in several links), one per interne of dimension 'bout'.
-- Columns: dimension, depart (NULL: outside the region or unknown), arrivee, interne (same territory at both ends), effectif (true count), cle, heures.
-- Crosses: depart, interne.
WITH p AS MATERIALIZED (
    SELECT coalesce({residence} = {execution}, false) AS interne,
           CASE WHEN {residence} = {execution} THEN {depart} ELSE {depart_loin} END AS depart,
           CASE WHEN {residence} = {execution} THEN {arrivee} ELSE {arrivee_loin} END AS arrivee,
           personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition} AND {execution} IS NOT NULL
    GROUP BY ALL
), bout AS (
    SELECT interne, personne_no, any_value(cle) AS cle, sum(heures) AS heures FROM p GROUP BY ALL
)
SELECT 'lien' AS dimension, depart, arrivee, interne, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p GROUP BY depart, arrivee, interne
UNION ALL
SELECT 'bout', NULL, NULL, interne, count(*), sum(cle), sum(heures) FROM bout GROUP BY interne
