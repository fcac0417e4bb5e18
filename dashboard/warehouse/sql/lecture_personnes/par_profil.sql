-- Purpose: persons of the selection by age and sex, level of education, and public.
-- Grain: one row per (dimension, code, sexe); a person of several years is counted once, at the younger age band.
-- Columns: dimension ('total', 'sexe', 'tranche' of age, 'age' × sexe, 'niveau', 'public'), code, sexe, effectif (true count), cle, heures.
-- Crosses: code, croise.
WITH p AS MATERIALIZED (
    SELECT personne_no, any_value(sexe) AS sexe, min(tranche_age) AS age, any_value(niveau_formation) AS niveau,
           any_value(publics) AS publics, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition}
    GROUP BY personne_no
), croise AS (
    SELECT CASE grouping_id(sexe, age, niveau) WHEN 7 THEN 'total' WHEN 3 THEN 'sexe' WHEN 1 THEN 'age' WHEN 5 THEN 'tranche' ELSE 'niveau' END AS dimension,
           coalesce(CAST(age AS VARCHAR), CAST(niveau AS VARCHAR), CAST(sexe AS VARCHAR), 'tous') AS code,
           CAST(sexe AS VARCHAR) AS sexe, CASE WHEN age IS NULL THEN NULL ELSE CAST(sexe AS VARCHAR) END AS croise,
           count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
    FROM p GROUP BY GROUPING SETS ((), (sexe), (age), (sexe, age), (niveau))
), publics AS (
    SELECT 'public' AS dimension, code, NULL AS sexe, NULL AS croise, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
    FROM (SELECT unnest(publics) AS code, cle, heures FROM p) GROUP BY code
)
SELECT * FROM croise UNION ALL SELECT * FROM publics
