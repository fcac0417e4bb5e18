-- Purpose: the followed lots whose amount is the closest, in ratio, to that of a future contract.
-- Grain: one row per lot, twenty at most, the closest first; the last bound value is the amount (€ HT).
-- Columns: marche_id, objet, acheteur (name), secteur, annee (of notification), montant (€ HT), taux (%), heures (engaged),
-- pour_100k (hours for 100 000 € HT).
WITH comparable AS (
    SELECT * FROM marche
    WHERE {condition} AND origine <> 'decp' AND acheteur IS DISTINCT FROM 'grands_projets'
      AND montant > 0 AND heures_engagees > 0
)
SELECT c.marche_id, c.objet, coalesce(a.nom, 'SIRET ' || c.acheteur_siret) AS acheteur, CAST(c.secteur AS VARCHAR) AS secteur, c.annee,
       c.montant, c.taux_insertion AS taux, c.heures_engagees AS heures, 100000 * c.heures_engagees / c.montant AS pour_100k
FROM comparable c LEFT JOIN acheteur a ON a.siret = c.acheteur
ORDER BY abs(ln(c.montant) - ln(CAST(? AS DOUBLE))), c.marche_no
LIMIT 20
