-- Purpose: the persons of the selection by typical trajectory, with the profile of each.
-- Grain: one row per (groupe, code); groupe 'tous' gathers the persons who have a typical trajectory.
-- Columns: groupe (number of the type), code ('tous', 'femmes', 'moins_26', 'qpv'), effectif (true count), cle, heures.
-- Crosses: groupe, code, observee.
WITH p AS MATERIALIZED (
    SELECT personne_no, CAST(any_value(parcours) AS VARCHAR) AS groupe, any_value(sexe) AS sexe, min(tranche_age) AS tranche,
           any_value(qpv) AS qpv, any_value(cle) AS cle, sum(heures) AS heures
    FROM presence
    WHERE {condition} AND parcours IS NOT NULL
    GROUP BY personne_no
), c AS (
    SELECT groupe, 'tous' AS code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY ROLLUP (groupe)
    UNION ALL SELECT groupe, 'femmes', count(*), sum(cle), sum(heures) FROM p WHERE sexe = 'F' GROUP BY ROLLUP (groupe)
    UNION ALL SELECT groupe, 'moins_26', count(*), sum(cle), sum(heures) FROM p WHERE tranche = 'moins_26' GROUP BY ROLLUP (groupe)
    UNION ALL SELECT groupe, 'qpv', count(*), sum(cle), sum(heures) FROM p WHERE qpv GROUP BY ROLLUP (groupe)
)
SELECT coalesce(groupe, 'tous') AS groupe, code, 'oui' AS observee, effectif, cle, heures FROM c WHERE effectif > 0
