-- Purpose: followed lots to compare a future contract with: same sector, same place, amounts of the same order.
-- Grain: one row per lot that has a positive amount and engaged hours; owners published together only are left out.
-- Columns: marche_no, montant (€ HT), heures (engaged), pour_100k (hours engaged for 100 000 € HT), by growing amount.
SELECT marche_no, montant, heures_engagees AS heures, 100000 * heures_engagees / montant AS pour_100k
FROM marche
WHERE {condition} AND origine <> 'decp' AND acheteur IS DISTINCT FROM 'grands_projets'
  AND montant > 0 AND heures_engagees > 0
ORDER BY montant, marche_no
