-- Purpose: followed lots that cannot be compared with a future contract, counted by reason, whatever their amount.
-- Grain: one row.
-- Columns: lots, agreges (owners published together only), sans_montant, sans_heures (engaged hours absent or zero).
WITH lot AS (
    SELECT acheteur IS NOT DISTINCT FROM 'grands_projets' AS agrege, coalesce(montant, 0) > 0 AS chiffre,
           coalesce(heures_engagees, 0) > 0 AS engage
    FROM marche WHERE {condition} AND origine <> 'decp'
)
SELECT count(*) AS lots, count(*) FILTER (agrege) AS agreges,
       count(*) FILTER (NOT agrege AND NOT chiffre) AS sans_montant,
       count(*) FILTER (NOT agrege AND chiffre AND NOT engage) AS sans_heures
FROM lot
