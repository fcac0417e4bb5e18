-- Purpose: hours by kind of hiring, by kind of employer and by type of work contract.
-- Grain: one row per (dimension, code); a person of two kinds counts in both.
-- Columns: dimension ('modalite', 'employeur', 'contrat'), code, groupe (kind of employer of a 'modalite'), effectif (true count),
-- Crosses: code.
-- cle, heures; firmes and part_firme (firms of the cell, share of the largest) where the cell is about employers.
-- Kinds of employer: 'siae' = EI, AI, ACI, ETTI (code du travail, art. L5132-4); 'inclusion' = GEIQ, EA, ESAT, régies.
WITH s AS MATERIALIZED (
    SELECT personne_no, cle, heures, employeur_siret AS firme, modalite_embauche AS modalite, type_contrat AS contrat,
           CASE WHEN modalite IN ('etti', 'ei', 'ai', 'aci') THEN 1 WHEN modalite IN ('geiq', 'ea', 'esat', 'regie') THEN 2 ELSE 3 END AS genre
    FROM presence WHERE {condition}
), p AS (
    SELECT 'modalite' AS dimension, CAST(modalite AS VARCHAR) AS code, genre, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM s GROUP BY personne_no, modalite, genre
    UNION ALL SELECT 'employeur', NULL, genre, personne_no, any_value(cle), sum(heures) FROM s GROUP BY personne_no, genre
    UNION ALL SELECT 'contrat', CAST(contrat AS VARCHAR), NULL, personne_no, any_value(cle), sum(heures) FROM s GROUP BY personne_no, contrat
), f AS (
    SELECT CAST(modalite AS VARCHAR) AS code, genre, firme, sum(heures) AS heures FROM s GROUP BY modalite, genre, firme
), part AS (
    SELECT 'modalite' AS dimension, code, genre, count(firme) AS firmes, max(heures) FILTER (firme IS NOT NULL) / sum(heures) AS part_firme
    FROM f GROUP BY code, genre
    UNION ALL SELECT 'employeur', NULL, genre, count(firme), max(heures) FILTER (firme IS NOT NULL) / sum(heures)
    FROM (SELECT genre, firme, sum(heures) AS heures FROM f GROUP BY genre, firme) GROUP BY genre
), n AS (SELECT dimension, code, genre, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY dimension, code, genre)
SELECT n.dimension, coalesce(n.code, ['siae', 'inclusion', 'autres'][n.genre]) AS code, ['siae', 'inclusion', 'autres'][n.genre] AS groupe,
       effectif, cle, n.heures, firmes, part_firme
FROM n LEFT JOIN part ON part.dimension = n.dimension AND part.genre = n.genre AND part.code IS NOT DISTINCT FROM n.code
ORDER BY n.dimension, code
