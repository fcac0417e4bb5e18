-- Purpose: who holds the contracts of the programmes, by size of firm, rank and subcontracting.
-- Grain: one row per programme, role and category of firm (NULL: unknown).
-- Columns: role ('mandataire', 'cotitulaire', 'sous_traitant'), categorie, firmes (holders or acts of subcontracting), contrats (distinct),
-- montant: of the contract for a mandataire (the DECP do not split it), of the act for a subcontractor, NULL for a co-titulaire.
WITH choisi AS (SELECT marche_no, CAST(programme AS VARCHAR) AS programme FROM lot WHERE {condition}),
publies AS (
    SELECT DISTINCT c.programme, p.uid, p.montant
    FROM choisi c JOIN marche m USING (marche_no) JOIN marche_publie p ON p.uid = m.uid
), partie AS (
    SELECT c.programme, c.uid, CASE WHEN t.rang = 1 THEN 'mandataire' ELSE 'cotitulaire' END AS role, t.categorie,
           CASE WHEN t.rang = 1 THEN c.montant END AS montant
    FROM publies c JOIN titulaire t ON t.uid = c.uid
    UNION ALL
    SELECT c.programme, c.uid, 'sous_traitant', s.categorie, s.montant FROM publies c JOIN sous_traitance s ON s.uid = c.uid
)
SELECT programme, role, CAST(categorie AS VARCHAR) AS categorie, count(*) AS firmes, count(DISTINCT uid) AS contrats, sum(montant) AS montant
FROM partie
GROUP BY ALL
ORDER BY programme, role, categorie
