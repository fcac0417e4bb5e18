-- Purpose: work contracts begun in a period (with hours in the year they begin), and how long those with an end last, all and by type.
-- Grain: one row per type of contract, and one for all ('tous').
-- Columns: contrat, effectif (contracts; persons where fewer than the threshold hold them, so that the cell is masked), cle,
-- Crosses: contrat.
-- heures (none), moyenne_duree (months of 30.4375 days, both ends included; needs ten contracts that have an end).
WITH d AS (
    SELECT type_contrat AS type, personne_no, any_value(cle) AS cle, count(*) AS contrats, count(duree_jours) AS finis, sum(duree_jours) AS jours
    FROM presence WHERE debute AND {condition} GROUP BY type_contrat, personne_no
), t AS (
    SELECT personne_no, any_value(cle) AS cle, sum(contrats) AS contrats, sum(finis) AS finis, sum(jours) AS jours FROM d GROUP BY personne_no
), n AS (
    SELECT CAST(type AS VARCHAR) AS contrat, count(*) AS personnes, sum(contrats) AS contrats, sum(finis) AS finis, sum(jours) AS jours,
           sum(cle * contrats) AS cle
    FROM d GROUP BY type
    UNION ALL SELECT 'tous', count(*), sum(contrats), sum(finis), sum(jours), sum(cle * contrats) FROM t HAVING count(*) > 0
)
SELECT contrat, CAST(CASE WHEN personnes < (SELECT seuil FROM manifeste) THEN personnes ELSE contrats END AS BIGINT) AS effectif,
       CAST(cle AS BIGINT) AS cle, CAST(NULL AS DOUBLE) AS heures, CASE WHEN finis >= 10 THEN jours / finis / 30.4375 END AS moyenne_duree
FROM n ORDER BY contrat
