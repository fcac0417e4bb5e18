-- Purpose: distinct persons by territory of one level, and the women, the young and the residents of QPV among them: one pass for a sheet.
-- Grain: one row per territory ({groupe}) for everybody (code NULL), and one per code.
-- Columns: groupe, code ('femmes', 'moins_26', 'qpv'), effectif (true count), cle, heures (none). At two ages, the younger counts.
-- Crosses: code.
WITH p AS MATERIALIZED (
    SELECT {groupe} AS groupe, personne_no, any_value(cle) AS cle, any_value(sexe) = 'F' AS femme,
           bool_or(tranche_age = 'moins_26') AS jeune, bool_or(qpv) AS qpv
    FROM presence
    WHERE {condition} AND {groupe} IS NOT NULL
    GROUP BY ALL
), n AS (
    SELECT groupe, NULL AS code, count(*) AS effectif, sum(cle) AS cle FROM p GROUP BY groupe
    UNION ALL SELECT groupe, 'femmes', count(*), sum(cle) FROM p WHERE femme GROUP BY groupe
    UNION ALL SELECT groupe, 'moins_26', count(*), sum(cle) FROM p WHERE jeune GROUP BY groupe
    UNION ALL SELECT groupe, 'qpv', count(*), sum(cle) FROM p WHERE qpv GROUP BY groupe
)
SELECT groupe, code, effectif, cle, CAST(NULL AS DOUBLE) AS heures FROM n
