-- Purpose: hours of a period by sector, type of purchase, type of clause, kind of buyer, month, and month of each territory: one pass.
-- Grain: one row per (dimension, code, mois, lieu).
-- Columns: dimension ('secteur', 'achat', 'clause', 'categorie', 'mois', 'chaleur'), code, mois, lieu, engagees, realisees (hours).
SELECT CASE grouping_id(secteur, type_achat, type_clause, categorie_acheteur, mois, {territoire})
         WHEN 31 THEN 'secteur' WHEN 47 THEN 'achat' WHEN 55 THEN 'clause' WHEN 59 THEN 'categorie' WHEN 61 THEN 'mois'
         ELSE 'chaleur' END AS dimension,
       coalesce(CAST(secteur AS VARCHAR), CAST(type_achat AS VARCHAR), CAST(type_clause AS VARCHAR),
                CAST(categorie_acheteur AS VARCHAR)) AS code,
       mois, {territoire} AS lieu, sum(engagees) AS engagees, sum(realisees) AS realisees
FROM activite
WHERE {condition}
GROUP BY GROUPING SETS ((secteur), (type_achat), (type_clause), (categorie_acheteur), (mois), (mois, {territoire}))
ORDER BY mois, realisees DESC, code
