-- Purpose: contracts of the chosen territory, of its département and of the region, by year and over two periods.
-- Grain: one row per echelle (0 region, 1 département, 2 territory) × moment (a year, 1 the period, 0 the one before). Values: département, territory, then years.
-- Columns: echelle, moment, marches, avec_clause, sociale_connue. The last two leave out contracts known by the follow-up alone, which all have a clause.
WITH lus AS (
    SELECT annee, CASE WHEN origine <> 'suivi' THEN sociale END AS sociale,
           {departement} = ? AS dans_departement, {territoire} = ? AS dans_territoire
    FROM marche
    WHERE {condition} AND annee IS NOT NULL
), echelle AS (
    SELECT 0 AS echelle, annee, sociale FROM lus
    UNION ALL SELECT 1, annee, sociale FROM lus WHERE dans_departement
    UNION ALL SELECT 2, annee, sociale FROM lus WHERE dans_territoire
), temps AS (
    SELECT echelle, annee AS moment, sociale FROM echelle
    UNION ALL
    SELECT echelle, CASE WHEN annee >= ? THEN 1 ELSE 0 END, sociale FROM echelle WHERE annee BETWEEN ? AND ?
)
SELECT echelle, moment, count(*) AS marches, count(*) FILTER (sociale) AS avec_clause,
       count(*) FILTER (sociale IS NOT NULL) AS sociale_connue
FROM temps
GROUP BY echelle, moment
