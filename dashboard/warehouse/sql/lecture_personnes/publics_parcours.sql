-- Purpose: from prescriber to kind of contract, then to what the person became; a long CDD is one of more than six months.
-- Grain: one row per (etape, prescripteur, nature, situation). A person has one main kind (most hours) in the links, every kind it had in 'contrat', and is once in 'perenne' (CDI or long CDD).
-- Columns: etape ('entree' prescriber × kind, 'sortie' kind × situation at 6 months, 'type', 'situation', 'contrat', 'perenne', or the horizon '0', '6', '12'), prescripteur, nature, situation, effectif (true count), cle, heures ('contrat' and 'perenne' only).
-- Crosses: prescripteur, nature, situation.
WITH k AS MATERIALIZED (
    SELECT personne_no, any_value(prescripteur) AS prescripteur, any_value(situation_6) AS situation, any_value(cle) AS cle,
           sum(heures) AS heures, CASE WHEN cdd_long THEN 99 ELSE enum_code(type_contrat) END AS rang
    FROM presence WHERE {condition} GROUP BY personne_no, rang
), noms AS (
    SELECT enum_code(t::t_contrat) AS rang, t AS nature FROM (SELECT unnest(enum_range(NULL::t_contrat)) AS t)
    UNION ALL VALUES (98, 'perenne'), (99, 'cdd_long')
), p AS MATERIALIZED (
    SELECT personne_no, any_value(prescripteur) AS prescripteur, any_value(situation) AS situation, any_value(cle) AS cle,
           arg_max(rang, heures - rang / 1e6) AS rang,
           sum(heures) FILTER (WHERE rang IN (enum_code('cdi'::t_contrat), 99)) AS perennes
    FROM k GROUP BY personne_no
), s AS MATERIALIZED (
    SELECT s.horizon_mois, s.situation, sum(p.cle) AS cle, count(*) AS n FROM p JOIN sortie s USING (personne_no) GROUP BY ALL
), x AS MATERIALIZED (
    SELECT rang, coalesce(situation, 'sans_information') AS situation, cle FROM p
), c AS (
    SELECT 'entree' AS etape, prescripteur, rang, NULL AS situation, count(*) AS effectif, sum(cle) AS cle, NULL AS heures FROM p GROUP BY prescripteur, rang
    UNION ALL SELECT 'sortie', NULL, rang, situation, count(*), sum(cle), NULL FROM x GROUP BY rang, situation
    UNION ALL SELECT 'type', NULL, rang, NULL, count(*), sum(cle), NULL FROM p GROUP BY rang
    UNION ALL SELECT 'situation', NULL, NULL, situation, count(*), sum(cle), NULL FROM x GROUP BY situation
    UNION ALL SELECT 'contrat', NULL, rang, NULL, count(*), sum(cle), sum(heures) FROM k GROUP BY rang
    UNION ALL SELECT 'perenne', NULL, 98, NULL, count(*), sum(cle), sum(perennes) FROM p WHERE perennes IS NOT NULL HAVING count(*) > 0
    UNION ALL SELECT CAST(horizon_mois AS VARCHAR), NULL, NULL, situation, n, cle, NULL FROM s
    UNION ALL SELECT CAST(horizon_mois AS VARCHAR), NULL, NULL, 'connue', CAST(sum(n) AS BIGINT), sum(cle), NULL FROM s WHERE situation <> 'sans_nouvelle' GROUP BY horizon_mois
)
SELECT etape, CAST(prescripteur AS VARCHAR) AS prescripteur, nature, situation, effectif, cle, heures FROM c LEFT JOIN noms USING (rang)
