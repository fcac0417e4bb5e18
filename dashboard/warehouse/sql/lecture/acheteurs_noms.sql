-- Purpose: who the buyers are, and how many contracts each has published in the DECP.
-- Grain: one row per buyer that has published at least one contract.
-- Columns: siret (or grands_projets), nom, categorie, departement (of the seat, NULL unknown), marches (published).
SELECT b.siret, b.nom, CAST(b.categorie AS VARCHAR) AS categorie, b.departement, a.marches
FROM acheteur b JOIN (SELECT acheteur AS siret, count(*) AS marches FROM achat GROUP BY 1) a USING (siret)
ORDER BY a.marches DESC, b.nom
