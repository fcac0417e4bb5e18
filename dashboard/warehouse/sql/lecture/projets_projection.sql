-- Purpose: the projection of the lots in view, as published lot by lot.
-- Grain: one lot and one month after its last declared one.
-- Columns: mois, cumul, bas, haut (cumulated hours, interval at 80 %).
SELECT p.mois, p.cumul, p.bas, p.haut
FROM lot_projection p
WHERE p.marche_no IN (SELECT marche_no FROM lot WHERE {condition})
ORDER BY p.mois
