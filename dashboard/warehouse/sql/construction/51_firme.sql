-- Purpose: who holds the published contracts that lots are joined to, so that a page needs neither of the long tables of the DECP.
-- Grain: one firm of a published contract: a holder, or an act of subcontracting.
-- Columns: uid, role ('mandataire', 'cotitulaire', 'sous_traitant'), categorie (NULL: unknown), montant: of the contract for a mandataire
-- (the DECP do not split it), of the act for a subcontractor, NULL for a co-titulaire; pme: what comes to PME of the amount of a mandataire
-- of known size: all of it when it is one, else its acts of subcontracting to PME, never more than the contract.
CREATE TABLE firme AS
WITH suivi AS (
    SELECT uid, montant FROM marche_publie SEMI JOIN lot USING (uid)
), acte AS (
    SELECT uid, sum(montant) AS pme FROM sous_traitance WHERE categorie = 'pme' GROUP BY uid
)
SELECT s.uid, CASE WHEN t.rang = 1 THEN 'mandataire' ELSE 'cotitulaire' END AS role, t.categorie,
       CASE WHEN t.rang = 1 THEN s.montant END AS montant,
       CASE WHEN t.rang = 1 AND t.categorie = 'pme' THEN s.montant
            WHEN t.rang = 1 AND t.categorie IS NOT NULL THEN least(s.montant, coalesce(a.pme, 0)) END AS pme
FROM suivi s JOIN titulaire t USING (uid) LEFT JOIN acte a USING (uid)
UNION ALL
SELECT s.uid, 'sous_traitant', t.categorie, t.montant, NULL FROM suivi s JOIN sous_traitance t USING (uid)
ORDER BY uid, role;
