-- Purpose: the contracts and lots that no selection can hold: the period or the place they would be counted in is unknown.
-- Grain: one row, for the whole snapshot.
-- Columns: sans_date (of notification), sans_lieu (dated, but of no known département of the chosen geography).
SELECT count(*) FILTER (annee IS NULL) AS sans_date,
       count(*) FILTER (annee IS NOT NULL AND {departement} IS NULL) AS sans_lieu
FROM marche
WHERE {condition}
