-- Purpose: hours by sector, type of purchase, type of clause and kind of buyer, when hours belong to persons (residence, lens).
-- Grain: one row per (dimension, code); a person of two sectors counts in both; one row 'total' for the period.
-- Columns: dimension ('secteur', 'achat', 'clause', 'categorie', 'total'), code, effectif (true count of persons), cle, heures.
-- Crosses: nothing.
WITH s AS MATERIALIZED (
    SELECT personne_no, cle, heures, secteur, type_achat, type_clause, categorie_acheteur FROM presence WHERE {condition}
), p AS (
    SELECT 'secteur' AS dimension, CAST(secteur AS VARCHAR) AS code, personne_no, any_value(cle) AS cle, sum(heures) AS heures
    FROM s GROUP BY personne_no, secteur
    UNION ALL SELECT 'achat', CAST(type_achat AS VARCHAR), personne_no, any_value(cle), sum(heures) FROM s GROUP BY personne_no, type_achat
    UNION ALL SELECT 'clause', CAST(type_clause AS VARCHAR), personne_no, any_value(cle), sum(heures) FROM s GROUP BY personne_no, type_clause
    UNION ALL SELECT 'categorie', CAST(categorie_acheteur AS VARCHAR), personne_no, any_value(cle), sum(heures)
    FROM s GROUP BY personne_no, categorie_acheteur
    UNION ALL SELECT 'total', 'tous', personne_no, any_value(cle), sum(heures) FROM s GROUP BY personne_no
)
SELECT dimension, code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures
FROM p
WHERE code IS NOT NULL
GROUP BY dimension, code
ORDER BY dimension, code
