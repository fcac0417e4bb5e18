-- Purpose: the persons of the lots by programme, and those who live in the département where they work.
-- Grain: one row per programme ('tous' included) for everybody, and one per local ('oui': resident of the département of execution).
-- Columns: groupe (programme), dimension ('total', 'residence'), local (NULL for everybody), effectif (true count), cle, heures.
-- Crosses: local.
WITH p AS MATERIALIZED (
    SELECT CAST(programme AS VARCHAR) AS groupe, personne_no, any_value(cle) AS cle, sum(heures) AS heures,
           CASE WHEN bool_or(coalesce(res_dep = exec_dep, false)) THEN 'oui' ELSE 'non' END AS local
    FROM presence
    WHERE {condition}
    GROUP BY ALL
), e AS (
    SELECT personne_no, any_value(cle) AS cle, sum(heures) AS heures, max(local) AS local FROM p GROUP BY personne_no
)
SELECT groupe, 'total' AS dimension, NULL AS local, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY groupe
UNION ALL SELECT groupe, 'residence', local, count(*), sum(cle), sum(heures) FROM p GROUP BY groupe, local
UNION ALL SELECT 'tous', 'total', NULL, count(*), sum(cle), sum(heures) FROM e HAVING count(*) > 0
UNION ALL SELECT 'tous', 'residence', local, count(*), sum(cle), sum(heures) FROM e GROUP BY local
ORDER BY groupe, dimension, local
