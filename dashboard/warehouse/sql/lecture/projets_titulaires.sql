-- Purpose: the firms of a contract: holders in their rank, then subcontractors.
-- Grain: one holder or one act of subcontracting (the uid is bound twice).
-- Columns: role, rang, identifiant, denomination, categorie, montant (of the act), date_notification (of the act).
WITH firme AS (
    SELECT CASE WHEN rang = 1 THEN 'mandataire' ELSE 'cotitulaire' END AS role, rang, identifiant, denomination,
           CAST(categorie AS VARCHAR) AS categorie, CAST(NULL AS DOUBLE) AS montant, CAST(NULL AS DATE) AS date_notification
    FROM titulaire WHERE uid = ?
    UNION ALL
    SELECT 'sous_traitant', rang, identifiant, denomination, CAST(categorie AS VARCHAR), montant, date_notification
    FROM sous_traitance WHERE uid = ?
)
SELECT * FROM firme ORDER BY role = 'sous_traitant', rang
