-- Purpose: scope of a snapshot, for its manifest.
-- Grain: one row.
-- Columns: first year, last year, default year (last with facts in its twelve months, else the one with most facts), follow-up?, social field?, date of the last fact.
WITH fait AS (
    SELECT mois, annee FROM heures UNION ALL
    SELECT date_trunc('month', date_notification), annee FROM marche
    WHERE exec_dep IS NOT NULL AND NOT EXISTS (SELECT 1 FROM heures)
), annee AS (
    SELECT annee, count(DISTINCT mois) AS mois, count(*) AS faits FROM fait WHERE annee IS NOT NULL GROUP BY 1
), bornes AS (
    SELECT min(annee) AS debut, max(annee) AS fin FROM (
        SELECT annee FROM annee UNION ALL SELECT annee FROM marche WHERE annee IS NOT NULL)
)
SELECT debut, fin, coalesce((SELECT max(annee) FROM annee WHERE mois = 12), (SELECT arg_max(annee, faits) FROM annee), fin),
       EXISTS (SELECT 1 FROM heures), EXISTS (SELECT 1 FROM marche WHERE sociale IS NOT NULL),
       greatest(coalesce((SELECT last_day(max(mois)) FROM heures), DATE '1900-01-01'),
                coalesce((SELECT max(date_notification) FROM marche), DATE '1900-01-01'))
FROM bornes;
