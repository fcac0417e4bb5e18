-- Purpose: who holds the contracts of the programmes, by size of firm, rank and subcontracting.
-- Grain: one row per programme, role and category of firm (NULL: unknown).
-- Columns: role ('mandataire', 'cotitulaire', 'sous_traitant'), categorie, firmes (holders or acts of subcontracting), contrats (distinct),
-- montant: of the contract for a mandataire (the DECP do not split it), of the act for a subcontractor, NULL for a co-titulaire;
-- pme: what of the amount of the mandataires comes to PME, acts of subcontracting included.
WITH publie AS (
    SELECT DISTINCT programme, uid FROM lot WHERE {condition} AND uid IS NOT NULL
)
SELECT CAST(p.programme AS VARCHAR) AS programme, f.role, CAST(f.categorie AS VARCHAR) AS categorie, count(*) AS firmes,
       count(DISTINCT f.uid) AS contrats, sum(f.montant) AS montant, sum(f.pme) AS pme
FROM publie p JOIN firme f USING (uid)
GROUP BY ALL
ORDER BY 1, 2, 3
