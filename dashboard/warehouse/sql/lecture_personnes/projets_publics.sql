-- Purpose: the persons of the lots by programme, and those who live in the département where they work.
-- Grain: one row per programme ('tous' included) for everybody, and one per local ('oui': resident of the département of execution).
-- Columns: groupe (programme), dimension ('total', 'residence'), local (NULL for everybody), effectif (true count), cle, heures.
-- Crosses: local.
WITH p AS MATERIALIZED (
    SELECT programme, personne_no, any_value(cle) AS cle, sum(heures) AS heures, bool_or(coalesce(res_dep = exec_dep, false)) AS ici
    FROM presence
    WHERE {condition}
    GROUP BY ALL
), e AS (
    SELECT personne_no, any_value(cle) AS cle, sum(heures) AS heures, bool_or(ici) AS ici FROM p GROUP BY personne_no
), n AS (
    SELECT programme, 'total' AS dimension, NULL AS ici, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY programme
    UNION ALL SELECT programme, 'residence', ici, count(*), sum(cle), sum(heures) FROM p GROUP BY programme, ici
    UNION ALL SELECT NULL, 'total', NULL, count(*), sum(cle), sum(heures) FROM e HAVING count(*) > 0
    UNION ALL SELECT NULL, 'residence', ici, count(*), sum(cle), sum(heures) FROM e GROUP BY ici
)
SELECT coalesce(CAST(programme AS VARCHAR), 'tous') AS groupe, dimension, CASE WHEN ici THEN 'oui' WHEN NOT ici THEN 'non' END AS local,
       effectif, cle, heures
FROM n
ORDER BY groupe, dimension, local
