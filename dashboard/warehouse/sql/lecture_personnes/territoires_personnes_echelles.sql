-- Purpose: distinct persons of the chosen territory, of its département and of the region, by year and over two periods.
-- Grain: echelle (0 region, 1 département, 2 territory) × moment (a year, 1 the period, 0 the one before) × code (NULL, 'femmes', 'indicateur'). Values: département, territory, then years.
-- Columns: echelle, moment, dimension, code, effectif (true count), cle, heures, moyenne_distance (median, km, of the row 'indicateur' only).
-- Crosses: code.
WITH lus AS NOT MATERIALIZED (
    SELECT annee, personne_no, cle, sexe = 'F' AS femme, {critere} AS critere, heures, distance_km,
           {departement} = ? AS dans_departement, {territoire} = ? AS dans_territoire
    FROM presence
    WHERE {condition}
), par_annee AS MATERIALIZED (
    SELECT 0 AS echelle, annee, personne_no, any_value(cle) AS cle, bool_or(femme) AS femme, {compte}(critere) AS compte,
           sum(heures) AS heures, {comptees} AS comptees, {trajet} AS trajet
    FROM lus GROUP BY ALL
    UNION ALL
    SELECT 1, annee, personne_no, any_value(cle), bool_or(femme), {compte}(critere), sum(heures), {comptees}, {trajet}
    FROM lus WHERE dans_departement GROUP BY ALL
    UNION ALL
    SELECT 2, annee, personne_no, any_value(cle), bool_or(femme), {compte}(critere), sum(heures), {comptees}, {trajet}
    FROM lus WHERE dans_territoire GROUP BY ALL
), p AS MATERIALIZED (
    FROM par_annee
    UNION ALL
    SELECT echelle, CASE WHEN annee >= ? THEN 1 ELSE 0 END, personne_no, any_value(cle), bool_or(femme), {compte}(compte),
           sum(heures), sum(comptees), sum(trajet)
    FROM par_annee WHERE annee BETWEEN ? AND ? GROUP BY ALL
)
SELECT echelle, annee AS moment, 'total' AS dimension, NULL AS code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures,
       NULL AS moyenne_distance
FROM p GROUP BY echelle, annee
UNION ALL
SELECT echelle, annee, 'attribut', 'femmes', count(*), sum(cle), sum(heures), NULL FROM p WHERE femme GROUP BY echelle, annee
UNION ALL
SELECT echelle, annee, {dimension}, 'indicateur', count(*), sum(cle), sum(comptees), {mediane}
FROM p WHERE compte GROUP BY echelle, annee
