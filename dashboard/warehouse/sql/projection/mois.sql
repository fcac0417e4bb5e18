-- Purpose: the hours realised on each lot, month by month.
-- Grain: one lot × one month with hours.
-- Columns: marche_no, mois (number of the month, January of year 0 is 0), realisees, validees.
SELECT marche_no, CAST(year(mois) * 12 + month(mois) - 1 AS INTEGER) AS mois, realisees, validees
FROM activite WHERE realisees > 0
ORDER BY marche_no, mois
