-- Purpose: the buyers of the selection whose contracts of one year reach the amount that makes a SPASER compulsory.
-- Grain: one buyer; all its contracts of the year, whatever the place, the sector or the kind of purchase.
-- Columns: acheteur, depense (frameworks left out), maxima (of its frameworks), seuil (euros a year). Last bound value: the year.
SELECT a.acheteur, coalesce(sum(a.depense), 0) AS depense,
       coalesce(sum(a.montant) FILTER (a.accord_cadre), 0) AS maxima, any_value(o.valeur) AS seuil
FROM achat a
JOIN objectif_achat o ON o.regle = 'spaser' AND make_date(a.annee, 12, 31) >= coalesce(o.debut, DATE '1900-01-01')
     AND make_date(a.annee, 12, 31) <= coalesce(o.fin, DATE '9999-12-31')
WHERE a.acheteur IN (SELECT DISTINCT acheteur FROM achat WHERE {condition}) AND a.annee = ?
GROUP BY a.acheteur
HAVING sum(a.montant) >= any_value(o.valeur)
ORDER BY depense DESC, a.acheteur
